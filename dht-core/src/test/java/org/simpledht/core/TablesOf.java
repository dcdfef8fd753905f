package org.simpledht.core;

import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.ObjIntConsumer;

/**
 * Everything that can hold more than one thing and can be reached from a machine: each collection, map, queue and array in a field
 * of a class of ours, by the names of class and field. What has a form on the wire is a value, and bounded by the frame that it
 * came in: it is not looked into.
 */
final class TablesOf {

    private static final String OURS = "org.simpledht.";
    private static final List<String> VALUES = List.of("org.simpledht.protocol.", "org.simpledht.types.");

    /** What of each class is looked at, found once. */
    private static final ClassValue<Shape> SHAPES = new ClassValue<>() {
        @Override
        protected Shape computeValue(Class<?> type) {
            return new Shape(isLookedInto(type), fields(type));
        }
    };

    private record Shape(boolean isLookedInto, List<NamedField> fields) {}

    private record NamedField(String name, Field field) {}

    private record Place(String name, Object value) {}

    private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Deque<Place> open = new ArrayDeque<>();
    private final ObjIntConsumer<String> visitor;

    private TablesOf(ObjIntConsumer<String> visitor) {
        this.visitor = visitor;
    }

    /** Hands over each table's name and size. */
    static void machine(Machine machine, ObjIntConsumer<String> visitor) {
        TablesOf tables = new TablesOf(visitor);
        tables.meet("machine", machine);
        for (Place place = tables.open.poll(); place != null; place = tables.open.poll()) {
            tables.look(place);
        }
    }

    private void meet(String name, Object value) {
        if (value != null && SHAPES.get(value.getClass()).isLookedInto && seen.add(value)) {
            open.add(new Place(name, value));
        }
    }

    private void look(Place place) {
        Object value = place.value;
        if (value instanceof Optional<?> optional) {
            meet(place.name, optional.orElse(null));
        } else if (value instanceof Map<?, ?> map) {
            visitor.accept(place.name, map.size());
            String inside = place.name + "[]";
            map.forEach((key, each) -> {
                meet(inside, key);
                meet(inside, each);
            });
        } else if (value instanceof Collection<?> collection) {
            visitor.accept(place.name, collection.size());
            String inside = place.name + "[]";
            collection.forEach(each -> meet(inside, each));
        } else if (value instanceof AtomicReferenceArray<?> array) {
            visitor.accept(place.name, array.length());
            for (int i = 0; i < array.length(); i++) {
                meet(place.name + "[]", array.get(i));
            }
        } else if (value instanceof BitSet bits) {
            visitor.accept(place.name, bits.length());
        } else if (value.getClass().isArray()) {
            lookAtArray(place);
        } else {
            lookAtFields(value);
        }
    }

    private void lookAtArray(Place place) {
        visitor.accept(place.name, Array.getLength(place.value));
        if (place.value instanceof Object[] array) {
            for (Object each : array) {
                meet(place.name + "[]", each);
            }
        }
    }

    private void lookAtFields(Object value) {
        for (NamedField named : SHAPES.get(value.getClass()).fields) {
            try {
                meet(named.name, named.field.get(value));
            } catch (IllegalAccessException e) {
                throw new AssertionError(e);
            }
        }
    }

    private static String nameOf(Field field) {
        String type = field.getDeclaringClass().getName();
        return type.substring(type.lastIndexOf('.') + 1).replace('$', '.') + "." + field.getName();
    }

    private static List<NamedField> fields(Class<?> type) {
        List<NamedField> fields = new ArrayList<>();
        for (Class<?> each = type; each != null && each.getName().startsWith(OURS); each = each.getSuperclass()) {
            for (Field field : each.getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers()) && !field.getType().isPrimitive()) {
                    field.setAccessible(true);
                    fields.add(new NamedField(nameOf(field), field));
                }
            }
        }
        return fields;
    }

    private static boolean isLookedInto(Class<?> type) {
        boolean isOurs = type.getName().startsWith(OURS) && !type.isEnum() && !type.isHidden();
        return isOurs && VALUES.stream().noneMatch(type.getName()::startsWith)
                || type.isArray()
                || Collection.class.isAssignableFrom(type)
                || Map.class.isAssignableFrom(type)
                || type == BitSet.class
                || type == AtomicReferenceArray.class
                || type == Optional.class;
    }
}
