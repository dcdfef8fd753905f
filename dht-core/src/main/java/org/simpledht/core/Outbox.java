package org.simpledht.core;

import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import org.simpledht.protocol.Frame;
import org.simpledht.types.Content;
import org.simpledht.types.Hash;

/**
 * What a machine wants to happen, in order. The driver drains it once per turn; until then nothing has happened. Bounded by
 * what one turn can cause.
 */
public final class Outbox {

    private final Queue<Action> actions = new ArrayDeque<>();
    private long bytes;

    void add(Action action) {
        actions.add(action);
        bytes += action.bytes();
    }

    /** How many bytes all frames in it have. */
    public long bytes() {
        return bytes;
    }

    public boolean isEmpty() {
        return actions.isEmpty();
    }

    /** Hands every action to the door, oldest first, and is empty afterwards. */
    public void drain(Door door) {
        for (Action action = actions.poll(); action != null; action = actions.poll()) {
            bytes -= action.bytes();
            action.dispatch(door);
        }
    }

    /** One thing that should happen. */
    sealed interface Action {
        void dispatch(Door door);

        default int bytes() {
            return 0;
        }
    }

    record Send(Path to, Frame frame, long receiverId, int bytes) implements Action {
        @Override
        public void dispatch(Door door) {
            door.send(to, frame, receiverId);
        }
    }

    record Disconnect(Path path) implements Action {
        @Override
        public void dispatch(Door door) {
            door.disconnect(path);
        }
    }

    record Resolve(int seed) implements Action {
        @Override
        public void dispatch(Door door) {
            door.resolve(seed);
        }
    }

    record Joined(PeerView peer) implements Action {
        @Override
        public void dispatch(Door door) {
            door.peerJoined(peer);
        }
    }

    record Lost(PeerView peer) implements Action {
        @Override
        public void dispatch(Door door) {
            door.peerLost(peer);
        }
    }

    record Changed(Hash key, Optional<Content> before, Optional<Content> after, ChangeReason reason) implements Action {
        @Override
        public void dispatch(Door door) {
            door.changed(key, before, after, reason);
        }
    }

    record Noticed(Path path, Notice notice) implements Action {
        @Override
        public void dispatch(Door door) {
            door.noticed(path, notice);
        }
    }

    record Finished(long ticket, Outcome outcome) implements Action {
        @Override
        public void dispatch(Door door) {
            door.finished(ticket, outcome);
        }
    }

    /** Where actions go: the driver. */
    public interface Door {
        /**
         * Send a frame; it may get lost.
         *
         * @param receiverId the node id of the addressee, 0 if unknown
         */
        void send(Path to, Frame frame, long receiverId);

        /** End a connection once its output is written. */
        void disconnect(Path path);

        /** Look up a seed's name, and tell {@link Node#resolved}. */
        void resolve(int seed);

        void peerJoined(PeerView peer);

        void peerLost(PeerView peer);

        /** What is visible under a key has changed. */
        void changed(Hash key, Optional<Content> before, Optional<Content> after, ChangeReason reason);

        /** Something about who is there that an operator should know. */
        void noticed(Path path, Notice notice);

        /** A request of the application is over. */
        void finished(long ticket, Outcome outcome);
    }
}
