package org.simpledht.core;

import java.lang.reflect.Field;
import org.simpledht.types.NetAddress;

/** What is going on in a node. */
public final class NodeInsides {

    private static final Field WANTS = field("wants");
    private static final Field FETCHING = field("fetching");
    private static final Field NEIGHBOURS = field("neighbours");
    private static final Field CONFIRMATIONS = field("confirmations");

    private final Wants wants;
    private final Fetching fetching;
    private final Neighbours neighbours;
    private final Confirmations confirmations;

    public NodeInsides(Node node) {
        try {
            wants = (Wants) WANTS.get(node);
            fetching = (Fetching) FETCHING.get(node);
            neighbours = (Neighbours) NEIGHBOURS.get(node);
            confirmations = (Confirmations) CONFIRMATIONS.get(node);
        } catch (IllegalAccessException e) {
            throw new AssertionError(e);
        }
    }

    private static Field field(String name) {
        try {
            Field field = Node.class.getDeclaredField(name);
            field.setAccessible(true);
            return field;
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    public int wants() {
        return wants.size();
    }

    /** Of so many writes flush would ask. */
    public int unconfirmed() {
        return confirmations.size();
    }

    public int fetched() {
        return fetching.size();
    }

    public long fetchedBytes() {
        return fetching.bytes();
    }

    /** Whether something waits to be sent. */
    public boolean isWaiting() {
        return neighbours.all().stream().anyMatch(link -> link.output().isWaiting());
    }

    /** How many keys wait for the neighbour that is furthest behind. */
    public int backlog() {
        return neighbours.all().stream()
                .mapToInt(link -> link.output().backlog())
                .max()
                .orElse(0);
    }

    /** Whether everything is shared with who is there. */
    public boolean sharesWith(NetAddress address) {
        return neighbours.sharing().stream()
                .anyMatch(link -> link.peer().path().remote().equals(address));
    }

    /** Neighbours with whom everything is shared. */
    public int sharing() {
        return neighbours.sharing().size();
    }

    /** Those of them that were known at that moment already. */
    public int sharingSince(long nanos) {
        return (int) neighbours.sharing().stream()
                .filter(link -> link.sinceNanos() <= nanos)
                .count();
    }

    /** Since when it has shared everything with who is there; -1 if it does not. */
    public long sharesSinceNanos(NetAddress address) {
        for (Link link : neighbours.sharing()) {
            if (link.peer().path().remote().equals(address)) {
                return link.sinceNanos();
            }
        }
        return -1;
    }

    /** Since when it has known the neighbour that it has not known for longest. */
    public long youngestLinkNanos() {
        return neighbours.all().stream().mapToLong(Link::sinceNanos).max().orElse(0);
    }
}
