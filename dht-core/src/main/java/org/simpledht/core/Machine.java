package org.simpledht.core;

import java.nio.ByteBuffer;

/** What a driver can do with a machine, whichever it is. After any of these calls the outbox may be drained. */
public sealed interface Machine permits Node, Client {

    /** A frame came in. Whatever its bytes, nothing is thrown. The buffer is the caller's again afterwards. */
    void receive(Path from, ByteBuffer frame, Now now);

    /** A stream was opened by the other side. */
    void accepted(Path from, Now now);

    /** A stream is gone, or could not be opened. */
    void closed(Path path, String reason, Now now);

    /**
     * Does what is due. May come late and more often than asked for; after a late tick nothing is done twice. Frames that
     * have arrived are handed over before the tick, so that nobody is taken for silent who is only unread.
     */
    void tick(Now now);

    /** How long from now until {@link #tick} is next due: 0 if it is due already. */
    long nanosUntilTick(Now now);

    /** Says goodbye. The machine is not used afterwards, but for draining its outbox. */
    void leave(Now now);

    /** Puts into frames what was collected since the last time. To be called once per turn, before the outbox is drained. */
    void endTurn(Now now);

    /**
     * Whether the application's next write had better wait: the network does not keep up with what was written already. It
     * changes with what is written and heard, and with time, but never later than at the next tick.
     */
    boolean isCongested(Now now);

    /** Whether the stream may be closed so that somebody else gets its place. */
    boolean canSpare(Path path);

    /** Whether who is there has shown lately that it receives there; false of those that need not. */
    boolean hasShown(Path path);

    Outbox outbox();

    /** What frames are sealed with. */
    Seal seal();

    Counter.Board counters();
}
