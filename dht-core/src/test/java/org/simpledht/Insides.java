package org.simpledht;

import java.lang.reflect.Field;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.simpledht.core.Node;
import org.simpledht.core.Now;
import org.simpledht.types.Content;
import org.simpledht.types.Hash;

/** What no application sees of a node, for tests that watch it. */
public final class Insides {

    private static final Field NODE = field("node");
    private static final Field LOOP = field("loop");

    private Insides() {}

    public static Node node(Dht dht) {
        return (Node) valueOf(NODE, dht);
    }

    private static Loop loop(Dht dht) {
        return (Loop) valueOf(LOOP, dht);
    }

    private static Field field(String name) {
        try {
            Field field = Dht.class.getDeclaredField(name);
            field.setAccessible(true);
            return field;
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    private static Object valueOf(Field field, Dht dht) {
        try {
            return field.get(dht);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    /** Tells whenever it is asked why a node has failed; null if it has not. */
    public static Supplier<Throwable> failure(Dht dht) {
        return loop(dht)::failure;
    }

    /**
     * Writes without waiting, and tells which version it became.
     *
     * @param lifeSeconds 0 for as long as the node runs
     */
    public static void put(Dht dht, Hash key, Content content, int lifeSeconds, Consumer<Node.Written> written) {
        run(dht, now -> node(dht).put(key, content, lifeSeconds, now), written);
    }

    /** Removes without waiting, and tells which version that became. */
    public static void remove(Dht dht, Hash key, Consumer<Node.Written> written) {
        run(dht, now -> node(dht).remove(key, now), written);
    }

    private static void run(Dht dht, Function<Now, Node.Written> write, Consumer<Node.Written> written) {
        loop(dht).execute(new Inbox.Command() {
            @Override
            public void run(Now now) {
                written.accept(write.apply(now));
            }

            @Override
            public boolean isWrite() {
                return true;
            }

            @Override
            public void abandon() {
                // Its machine has crashed.
            }
        });
    }
}
