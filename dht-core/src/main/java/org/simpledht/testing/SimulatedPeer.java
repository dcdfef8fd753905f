package org.simpledht.testing;

import org.simpledht.types.NetAddress;

/** Somebody else in a simulated network, such as a node of another make, or an attacker. Called in virtual time, never twice at once. */
public interface SimulatedPeer {

    /** A frame has arrived. The array is the peer's. */
    void receive(NetAddress from, byte[] frame, Line line);

    /** It is time, as asked for with {@link Line#wakeIn}; once at the beginning without being asked for. */
    void wake(Line line);

    /** A peer that hears what others say to each other, like whoever owns a router. */
    interface Eavesdropper extends SimulatedPeer {
        /**
         * A frame has set out somewhere in the network; it may still get lost. Not called for the peer's own frames, nor while its host
         * stands still. What is sent from here sets out in the same moment, and is heard by other eavesdroppers.
         *
         * @param from the source that the frame names
         * @param frame the peer's to keep and to change
         */
        void overhear(NetAddress from, NetAddress to, byte[] frame, Line line);
    }

    /** What a peer can do. */
    interface Line {
        /** Where it is. */
        NetAddress address();

        /** Virtual nanoseconds since the beginning. */
        long nowNanos();

        /** Sends a frame, which may get lost like any other. */
        void send(NetAddress to, byte[] frame);

        /** Sends a frame that says it comes from somewhere else. */
        void sendForged(NetAddress from, NetAddress to, byte[] frame);

        /** Has {@link SimulatedPeer#wake} called once, so many nanoseconds from now. */
        void wakeIn(long nanos);
    }
}
