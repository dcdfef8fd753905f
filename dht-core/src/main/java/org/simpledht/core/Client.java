package org.simpledht.core;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.simpledht.protocol.Cluster;
import org.simpledht.protocol.Extension.Header;
import org.simpledht.protocol.ExtensionRecord;
import org.simpledht.protocol.Frame;
import org.simpledht.protocol.FrameCodec;
import org.simpledht.protocol.KeyRing;
import org.simpledht.protocol.SipHash24;
import org.simpledht.types.Content;
import org.simpledht.types.Hash;
import org.simpledht.types.NetAddress;

/**
 * Asks one node, which may have several addresses, without being one. As with the original's client a get waits for the Put
 * with its hash, a put for the IHave with its hash, and a discover for any answer; but questions are repeated, and one of
 * ours is asked whether it holds the hash, so that a miss and a refusal are definite.
 *
 * <p>Answers are taken only from a path that was asked.
 */
public final class Client implements Machine {

    /** Where the time of the last answer is remembered: far more than an application asks within the 30 s for which one counts. */
    private static final int MAX_PATHS = 4_096;

    /** A client has no table, and so nothing to agree on. */
    private static final int NO_LEASE = 0;

    /** What is in the frame of a Put with a life, beside the Put itself. */
    public static final int LIFE_BYTES = FrameCodec.HEADER_BYTES
            + FrameCodec.size(new ExtensionRecord.Stamp(0, 0))
            + FrameCodec.size(new ExtensionRecord.Ask(List.of(new Hash(0), new Hash(0))))
            + FrameCodec.MAC_BYTES;

    private final Outbox outbox = new Outbox();
    private final Counter.Board counters = new Counter.Board();
    private final Seal seal;
    private final RandomGenerator dice;
    private final Streams streams;
    private final ClientPassage passage;
    private final Turns turns = new Turns();
    private final Sender sender;
    private final Map<Long, Request> requests = new LinkedHashMap<>();
    private final Bounded<Path, Long> newestClocks = new Bounded<>(MAX_PATHS);
    private final int maxValueBytes;

    /**
     * @param nodeId random per client, not 0
     * @param keys of the network; empty if it needs none
     * @param maxValueBytes the largest content that is fetched
     * @param secret known to nobody else
     * @param dice tells answers apart
     */
    public Client(
            long nodeId,
            List<Binding> bindings,
            Optional<KeyRing> keys,
            int maxValueBytes,
            SipHash24 secret,
            RandomGenerator dice,
            Now start) {
        this.maxValueBytes = maxValueBytes;
        this.dice = dice;
        streams = new Streams(nodeId);
        passage = new ClientPassage(bindings, new Cookies(secret, start));
        seal = new Seal(keys, nodeId, counters, outbox);
        sender = new Sender(
                nodeId,
                Header.FLAG_CLIENT,
                bindings,
                streams,
                seal,
                passage,
                outbox,
                new Advertised(List.of()),
                NO_LEASE,
                Cluster.UNNAMED);
    }

    /**
     * Asks for a content; {@link Outbox.Door#finished} tells how it ended.
     *
     * @param paths the node's addresses, at least one
     */
    public void get(long ticket, List<Path> paths, Hash hash, long timeoutNanos, Now now) {
        begin(ticket, paths, new Question.Get(hash, maxValueBytes), timeoutNanos, now);
    }

    public void put(long ticket, List<Path> paths, Hash hash, Content content, long timeoutNanos, Now now) {
        begin(ticket, paths, new Question.Put(hash, content), timeoutNanos, now);
    }

    /**
     * Puts what is to live so long and no longer, which an original is not asked for.
     *
     * @param lifeSeconds unsigned, not 0
     */
    public void put(
            long ticket, List<Path> paths, Hash hash, Content content, int lifeSeconds, long timeoutNanos, Now now) {
        begin(ticket, paths, new TellingOurs.Put(hash, content, lifeSeconds), timeoutNanos, now);
    }

    /** Has nothing be there any more, which an original is not asked for. */
    public void remove(long ticket, List<Path> paths, Hash hash, long timeoutNanos, Now now) {
        begin(ticket, paths, new TellingOurs.Removal(hash), timeoutNanos, now);
    }

    /**
     * @param addresses of the node to be told of, at least one
     */
    public void discover(long ticket, List<Path> paths, List<NetAddress> addresses, long timeoutNanos, Now now) {
        begin(ticket, paths, new Question.Discover(List.copyOf(addresses)), timeoutNanos, now);
    }

    private void begin(long ticket, List<Path> paths, Question question, long timeoutNanos, Now now) {
        paths.forEach(path -> newestClocks.putIfAbsent(path, 0L));
        requests.put(
                ticket,
                new Request(
                        question, paths, now.nanos() + timeoutNanos, sender, passage, turns, newestClocks, dice, now));
        tick(now);
    }

    @Override
    public void receive(Path from, ByteBuffer bytes, Now now) {
        counters.add(Counter.FRAMES_RECEIVED);
        counters.add(Counter.BYTES_RECEIVED, bytes.remaining());
        Frame frame = seal.open(from, bytes, now);
        if (frame != null) {
            streams.heard(from, now);
            boolean saysNewCookie = passage.hear(from, frame, now);
            requests.values().forEach(request -> request.hear(from, frame, now));
            if (saysNewCookie) {
                // What was asked so far did not count.
                requests.values().forEach(request -> request.mayCountNow(from));
            }
            if (seal.hasKey()) {
                remember(from, frame);
            }
            finish(now);
        }
    }

    /**
     * A genuine answer to an earlier question, said again, is none to a later one. Of whom nobody has asked nothing is kept: or
     * whoever repeats frames in many names would have forgotten what counts.
     */
    private void remember(Path from, Frame frame) {
        long clock = frame.extension().orElseThrow().header().clock();
        newestClocks.computeIfPresent(from, (path, before) -> Long.compareUnsigned(before, clock) < 0 ? clock : before);
    }

    @Override
    public void accepted(Path from, Now now) {
        // A client opens streams and offers none.
        outbox.add(new Outbox.Disconnect(from));
    }

    @Override
    public void closed(Path path, String reason, Now now) {
        boolean refused = !streams.wasHeard(path);
        streams.closed(path);
        if (refused) {
            requests.values().forEach(request -> request.refused(path, reason));
        } else {
            // It was closed for its idleness, perhaps: whoever waits asks again, over a new one.
            requests.values().forEach(request -> request.interrupted(path));
        }
        tick(now);
    }

    @Override
    public void tick(Now now) {
        // First, so that nothing is said in the name of what is over.
        finish(now);
        requests.values().forEach(request -> request.ask(sender, now));
    }

    private void finish(Now now) {
        Iterator<Map.Entry<Long, Request>> all = requests.entrySet().iterator();
        while (all.hasNext()) {
            Map.Entry<Long, Request> each = all.next();
            Outcome outcome = each.getValue().outcome(now);
            if (outcome != null) {
                all.remove();
                each.getValue().end();
                outbox.add(new Outbox.Finished(each.getKey(), outcome));
            }
        }
    }

    @Override
    public long nanosUntilTick(Now now) {
        long least = Long.MAX_VALUE;
        for (Request request : requests.values()) {
            least = Math.min(least, request.nanosUntilTick(sender, now));
        }
        return least;
    }

    @Override
    public void endTurn(Now now) {
        // Each question has a frame of its own.
    }

    @Override
    public boolean isCongested(Now now) {
        // Each of its writes is a question that waits for an answer.
        return false;
    }

    @Override
    public boolean canSpare(Path path) {
        // It has no other streams than those that it opened in order to ask.
        return false;
    }

    @Override
    public boolean hasShown(Path path) {
        // It hears those whom it asks.
        return false;
    }

    @Override
    public void leave(Now now) {
        for (Path path : new ArrayList<>(streams.open())) {
            streams.closed(path);
            outbox.add(new Outbox.Disconnect(path));
        }
    }

    @Override
    public Outbox outbox() {
        return outbox;
    }

    @Override
    public Seal seal() {
        return seal;
    }

    @Override
    public Counter.Board counters() {
        return counters;
    }
}
