package org.simpledht.testing;

import org.simpledht.types.NetAddress;

/** Somebody else in a simulated network, such as a node of another make, or an attacker. Called in virtual time, never twice at once. */
public interface SimulatedPeer {

    /** A frame has arrived. */
    void receive(NetAddress from, byte[] frame, Line line);

    /** It is time, as asked for with {@link Line#wakeIn}. */
    void wake(Line line);

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
