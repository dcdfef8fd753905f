package org.simpledht;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.function.Supplier;
import org.simpledht.core.Machine;
import org.simpledht.core.Now;
import org.simpledht.core.Path;
import org.simpledht.transport.TransportFault;
import org.simpledht.types.NetAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a loop's transports report, on its thread: the machine hears of it, and the log. The way in, as {@link Door} is the way out.
 */
final class Reports {

    private static final Logger LOG = LoggerFactory.getLogger(Dht.class);

    private final Supplier<Now> clock;
    private final BoundSockets sockets;
    private final Intake intake;
    private final SparingLog sparing;
    private final FaultBoard faults;
    private Machine machine;

    /**
     * @param sparing for what others can cause
     * @param warns as of {@link FaultBoard}
     */
    Reports(Supplier<Now> clock, BoundSockets sockets, Intake intake, SparingLog sparing, boolean warns) {
        this.clock = clock;
        this.sockets = sockets;
        this.intake = intake;
        this.sparing = sparing;
        faults = new FaultBoard(LOG, warns);
    }

    /** Who hears from now on. Before, nobody reads what the transports have opened. */
    void begin(Machine theMachine) {
        machine = theMachine;
    }

    void received(Path from, ByteBuffer frame) {
        if (LOG.isTraceEnabled()) {
            LOG.trace("<< {} {} bytes", sockets.endpoint(from), frame.remaining());
        }
        intake.received();
        machine.receive(from, frame, clock.get());
    }

    void accepted(Path from) {
        Now now = clock.get();
        sparing.say(SparingLog.Kind.ACCEPTED, now.nanos(), "accepted {}", sockets.endpoint(from));
        machine.accepted(from, now);
    }

    void closed(Path path, String reason) {
        Now now = clock.get();
        sparing.say(SparingLog.Kind.CLOSED, now.nanos(), "{} is closed: {}", sockets.endpoint(path), reason);
        machine.closed(path, reason, now);
    }

    boolean canSpare(Path path) {
        return machine.canSpare(path);
    }

    boolean hasShown(Path path) {
        return machine.hasShown(path);
    }

    void fault(TransportFault fault, int binding, NetAddress remote, Throwable cause) {
        Object where = remote == null ? sockets.endpoint(binding) : sockets.endpoint(new Path(binding, remote));
        faults.add(fault, where, cause, clock.get().nanos());
    }

    /** Says what the log has left out for long enough. */
    void tick(long nowNanos) {
        faults.tick(nowNanos);
    }

    /** Says what the log has left out: nothing follows. */
    void end() {
        faults.end();
    }

    void addTo(Map<String, Long> counters) {
        faults.addTo(counters);
    }
}
