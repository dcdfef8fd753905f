package org.simpledht.testkit;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.simpledht.transport.TransportFault;
import org.simpledht.types.Content;
import org.simpledht.types.NetAddress;

/** What a {@link TestLoop} was told by its transport, in order. Written by the loop, readable from any thread. */
public final class Sightings {

    private final List<ReceivedFrame> frames = new CopyOnWriteArrayList<>();
    private final List<NetAddress> accepted = new CopyOnWriteArrayList<>();
    private final List<ClosedConnection> closed = new CopyOnWriteArrayList<>();
    private final List<Fault> faults = new CopyOnWriteArrayList<>();
    private final List<Throwable> violations = new CopyOnWriteArrayList<>();

    Sightings() {}

    /**
     * A frame as it arrived.
     *
     * @param turn of the loop, counted from 1: frames of one turn were read in one go
     */
    public record ReceivedFrame(NetAddress from, Content content, long turn) {}

    /** A connection that ended, and why. */
    public record ClosedConnection(NetAddress remote, String reason) {}

    /**
     * A mishap.
     *
     * @param remote null if it concerns no single address
     * @param cause null if there was no exception
     */
    public record Fault(TransportFault kind, NetAddress remote, Throwable cause) {}

    /** All frames. */
    public List<ReceivedFrame> frames() {
        return List.copyOf(frames);
    }

    /** What is in all frames. */
    public List<Content> contents() {
        return frames.stream().map(ReceivedFrame::content).toList();
    }

    /** The connections that others opened. */
    public List<NetAddress> accepted() {
        return List.copyOf(accepted);
    }

    /** The connections that ended otherwise than by our wish. */
    public List<ClosedConnection> closed() {
        return List.copyOf(closed);
    }

    /** All mishaps. */
    public List<Fault> faults() {
        return List.copyOf(faults);
    }

    /** The kinds of all mishaps. */
    public List<TransportFault> faultKinds() {
        return faults.stream().map(Fault::kind).toList();
    }

    void frame(ReceivedFrame frame) {
        frames.add(frame);
    }

    void accepted(NetAddress remote) {
        accepted.add(Objects.requireNonNull(remote, "remote"));
    }

    void closed(ClosedConnection connection) {
        closed.add(connection);
    }

    void fault(Fault fault) {
        faults.add(fault);
    }

    void violation(Throwable what) {
        violations.add(what);
    }

    void requireNoViolation() {
        if (!violations.isEmpty()) {
            AssertionError error = new AssertionError("the transport broke its contract: " + violations);
            violations.forEach(error::addSuppressed);
            throw error;
        }
    }
}
