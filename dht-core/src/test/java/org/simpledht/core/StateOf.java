package org.simpledht.core;

import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * All that a machine keeps, as lines: every field of every object of ours that can be reached from it, in the order in which
 * they are reached. Two states with the same lines are the same.
 */
final class StateOf {

    private final Set<Class<?>> left;
    private final Map<Object, Integer> seen = new IdentityHashMap<>();
    private final List<String> lines = new ArrayList<>();

    private StateOf(Set<Class<?>> left) {
        this.left = left;
    }

    /**
     * @param left classes at whose objects it is not looked
     */
    static List<String> machine(Machine machine, Class<?>... left) {
        StateOf state = new StateOf(Set.of(left));
        state.look("machine", machine);
        return state.lines;
    }

    private void look(String where, Object value) {
        if (value == null || value.getClass().isEnum() || !isComposed(value)) {
            lines.add(where + " = " + (isOpaque(value) ? value.getClass().getName() : value));
            return;
        }
        Integer number = seen.putIfAbsent(value, seen.size());
        if (number != null) {
            lines.add(where + " = object " + number);
            return;
        }
        if (value instanceof int[] numbers) {
            lines.add(where + " = " + Arrays.toString(numbers));
        } else if (value instanceof long[] numbers) {
            lines.add(where + " = " + Arrays.toString(numbers));
        } else if (value instanceof byte[] bytes) {
            lines.add(where + " = " + Arrays.toString(bytes));
        } else if (value.getClass().isArray()) {
            for (int i = 0; i < Array.getLength(value); i++) {
                look(where + "[" + i + "]", Array.get(value, i));
            }
        } else if (value instanceof Collection<?> collection) {
            int i = 0;
            for (Object each : collection) {
                look(where + "[" + i++ + "]", each);
            }
        } else if (value instanceof Map<?, ?> map) {
            int i = 0;
            for (Map.Entry<?, ?> each : map.entrySet()) {
                look(where + "[" + i + "].key", each.getKey());
                look(where + "[" + i++ + "]", each.getValue());
            }
        } else if (value instanceof Optional<?> optional) {
            look(where + ".value", optional.orElse(null));
        } else if (!left.contains(value.getClass())) {
            fields(where, value);
        }
    }

    private void fields(String where, Object value) {
        for (Class<?> type = value.getClass(); isOurs(type); type = type.getSuperclass()) {
            for (Field field : type.getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers()) && !field.isSynthetic()) {
                    look(where + "." + field.getName(), valueOf(field, value));
                }
            }
        }
    }

    private static Object valueOf(Field field, Object of) {
        try {
            field.setAccessible(true);
            return field.get(of);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    private static boolean isOurs(Class<?> type) {
        return type != null && type.getName().startsWith("org.simpledht.") && !type.isHidden();
    }

    private static boolean isComposed(Object value) {
        Class<?> type = value.getClass();
        return isOurs(type)
                || type.isArray()
                || value instanceof Collection
                || value instanceof Map
                || value instanceof Optional;
    }

    /** Whose text says where it lies, and not what is in it. */
    private static boolean isOpaque(Object value) {
        return value != null
                && !(value instanceof Number || value instanceof Boolean || value instanceof String)
                && !value.getClass().isEnum();
    }
}
