package org.simpledht.core;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.simpledht.core.store.Store;
import org.simpledht.protocol.ExtensionRecord;
import org.simpledht.protocol.Meta;
import org.simpledht.protocol.Prefix;
import org.simpledht.protocol.Version;
import org.simpledht.types.Content;
import org.simpledht.types.Hash;

/**
 * What is to go to one neighbour: collected during a turn, put into shared frames at its end, in the order of how much it
 * matters (docs/PROTOCOL.md, "Flow"). Contents wait here by their keys, so that what goes is what is held then. What there is
 * no room for waits; when much does, writers here are to wait; when too much does, contents are only announced, and announcements
 * left out: reconciliation makes up for it.
 */
final class LinkOutput {

    private static final int ANY_BINDING = -1;

    /** What goes whatever the window says, over that binding. */
    private record Control(ExtensionRecord record, int binding) {}

    private static final int MAX_ANSWERS = 4_096;

    /** A whole window of small contents may get lost at once. */
    private static final int MAX_ANNOUNCEMENTS = 8_192;

    /** Then they go first, and who writes here waits. */
    private static final int MANY_ANNOUNCEMENTS = 1_024;

    private static final int MAX_CHUNKS = 256;

    /** So much of one kind goes, and then of the next. */
    private static final int TURN_BYTES = 1 << 11;

    private final Flow flow;
    private final Store store;
    private final Frames frames;
    private final Counter.Board counters;
    private final List<Control> control = new ArrayList<>();
    private final Map<Hash, Version> gets = new LinkedHashMap<>();
    private final Backlog fresh = new Backlog();
    private final Set<Hash> answers = new LinkedHashSet<>();
    private final Deque<Supplier<ExtensionRecord>> chunks = new ArrayDeque<>();
    private final Set<Hash> announcements = new LinkedHashSet<>();
    private final Bulk bulk;
    private final LargeWrites large = new LargeWrites();
    private boolean signOfLife;

    LinkOutput(Flow flow, Store store, Frames frames, Counter.Board counters) {
        this.flow = flow;
        this.store = store;
        this.frames = frames;
        this.counters = counters;
        bulk = new Bulk(store.sums());
    }

    /** What was written here, and the neighbour has not fetched yet. */
    LargeWrites large() {
        return large;
    }

    Flow flow() {
        return flow;
    }

    /** The largest content that is pushed; larger ones are announced, and fetched in pieces. */
    int maxPushBytes() {
        return frames.maxPushBytes();
    }

    /** The largest piece of a content that goes into one frame. */
    int maxPieceBytes() {
        return frames.maxPieceBytes();
    }

    // What is to go

    /** A frame goes in any case. */
    void signOfLife() {
        signOfLife = true;
    }

    void control(ExtensionRecord record) {
        control.add(new Control(record, ANY_BINDING));
    }

    /** What is said of addresses means those of the transport that it goes over: over another one it does not go. */
    void controlOfWay(ExtensionRecord record) {
        control.add(new Control(record, frames.binding()));
    }

    /** It is asked for anything larger than that. */
    void get(Version held) {
        gets.put(held.key(), held);
    }

    /** What was just written here. */
    void pushOwn(Meta meta, Now now) {
        push(meta, true, true);
        large.written(meta, !isPushed(meta), now);
    }

    /**
     * What has just come.
     *
     * @param isSentAgain whether it is to be sent again should it get lost, which costs a mark and its echo
     */
    void relay(Meta meta, boolean isSentAgain) {
        push(meta, false, isSentAgain);
    }

    private void push(Meta meta, boolean isOwn, boolean isSentAgain) {
        if (fresh.add(meta.key(), Meta.BYTES + (isPushed(meta) ? meta.size() : 0), isOwn, isSentAgain)) {
            announcements.remove(meta.key());
        } else {
            announce(meta.key());
        }
    }

    private boolean isPushed(Meta meta) {
        return Integer.compareUnsigned(meta.size(), maxPushBytes()) <= 0;
    }

    /** Whether so much waits of what was written here, or has to be made up for, that a writer had better wait, too. */
    boolean isBehind() {
        return fresh.isMuch() || announcements.size() >= MANY_ANNOUNCEMENTS || large.isMuch();
    }

    /** What it has asked for, or has lost. */
    void answer(Hash key) {
        if (answers.size() < MAX_ANSWERS) {
            answers.add(key);
        } else {
            announce(key);
        }
    }

    /** What it is known to lack, but has not asked for: what waits goes in its turn anyway. */
    void bring(Hash key) {
        if (!fresh.contains(key)) {
            answer(key);
        }
    }

    void answerWithChunk(Supplier<ExtensionRecord> chunk) {
        if (chunks.size() < MAX_CHUNKS) {
            chunks.add(chunk);
        } else {
            counters.add(Counter.OUTPUT_DROPPED);
        }
    }

    void announce(Hash key) {
        if (fresh.contains(key) || announcements.contains(key)) {
            return;
        }
        if (announcements.size() < MAX_ANNOUNCEMENTS) {
            announcements.add(key);
        } else {
            counters.add(Counter.OUTPUT_DROPPED);
        }
    }

    /** Everything under a prefix, in order, as fast as the link lets. */
    void everythingUnder(Prefix prefix) {
        bulk.add(prefix);
    }

    /** Whether it was just written, or has just come, and has not gone yet. */
    boolean isFresh(Hash key) {
        return fresh.contains(key);
    }

    /** How many of what was just written, or has just come, wait. */
    int backlog() {
        return fresh.size();
    }

    // How it goes

    /** At the end of a turn. */
    void flush(Now now) {
        ExtensionRecord question = large.tick(now);
        if (question != null) {
            control(question);
        }
        boolean mustSpeak = signOfLife || !control.isEmpty() || !gets.isEmpty();
        boolean mustProbe = flow.mustProbe(now);
        if (!mustSpeak && !mustProbe && !flow.mustEcho(now) && !(hasData() && flow.roomBytes() > 0)) {
            return;
        }
        frames.begin(now);
        for (Control each : control) {
            if (each.binding == ANY_BINDING || each.binding == frames.binding()) {
                frames.add(each.record);
            }
        }
        control.clear();
        addGets();
        if (announcements.size() >= MANY_ANNOUNCEMENTS) {
            // Or else what is relayed without end would keep writers waiting for ever.
            addAnnouncements(Long.MAX_VALUE);
        }
        while (hasData() && frames.hasRoom()) {
            addTurns();
        }
        if (mustProbe) {
            flow.probing();
        }
        frames.end(mustProbe);
        signOfLife = false;
    }

    private boolean hasData() {
        return !fresh.isEmpty()
                || !answers.isEmpty()
                || !chunks.isEmpty()
                || !announcements.isEmpty()
                || !bulk.isEmpty();
    }

    /** What is new goes first, but who writes without end must not keep a neighbour from what it has asked for. */
    private void addTurns() {
        addFresh(frames.added() + TURN_BYTES);
        addAnswers(frames.added() + TURN_BYTES);
        addChunks(frames.added() + TURN_BYTES);
        addAnnouncements(frames.added() + TURN_BYTES);
        addBulk();
    }

    private boolean goesOn(long end) {
        return frames.hasRoom() && frames.added() < end;
    }

    private void addGets() {
        gets.values().forEach(frames::addGet);
        gets.clear();
    }

    private void addFresh(long end) {
        while (!fresh.isEmpty() && goesOn(end)) {
            boolean isSentAgain = fresh.isFirstSentAgain();
            addIfHeld(fresh.poll(), isSentAgain);
        }
    }

    private void addAnswers(long end) {
        Iterator<Hash> all = answers.iterator();
        while (all.hasNext() && goesOn(end)) {
            Hash key = all.next();
            all.remove();
            addIfHeld(key, true);
        }
    }

    private void addIfHeld(Hash key, boolean isSentAgain) {
        Meta meta = store.meta(key);
        if (!meta.isNothing()) {
            addItem(meta, isSentAgain);
        }
    }

    /** What was sent did not arrive: it goes again, or is announced if much else has arrived. */
    void makeUpFor(Flow.Losses losses) {
        for (Hash key : losses.pushed()) {
            if (losses.most()) {
                answer(key);
            } else {
                announce(key);
            }
        }
    }

    private void addItem(Meta meta) {
        addItem(meta, true);
    }

    /** As a content if it is visible and fits, else as a Meta. */
    private void addItem(Meta meta, boolean isSentAgain) {
        Content content = store.content(meta.key());
        if (content != null && content.size() <= maxPushBytes()) {
            frames.addPush(new ExtensionRecord.Push(meta.key(), meta.clock(), meta.life(), content), isSentAgain);
        } else {
            frames.addMeta(meta, isSentAgain);
        }
    }

    private void addChunks(long end) {
        while (!chunks.isEmpty() && goesOn(end)) {
            frames.addData(chunks.poll().get());
        }
    }

    private void addAnnouncements(long end) {
        Iterator<Hash> all = announcements.iterator();
        while (all.hasNext() && goesOn(end)) {
            Meta meta = store.meta(all.next());
            all.remove();
            if (!meta.isNothing()) {
                frames.addMeta(meta, false);
            }
        }
    }

    private void addBulk() {
        if (!bulk.isEmpty() && frames.hasRoom()) {
            bulk.nextPage().forEach(this::addItem);
        }
    }

    /** Whether something waits for room. */
    boolean isWaiting() {
        return hasData();
    }

    /** Nothing that would fit is ever left at the end of a turn, so only what the flow wants, and what is fetched, has its time. */
    long nanosUntilTick(Now now) {
        return Math.min(flow.nanosUntilTick(now), large.nanosUntilTick(now));
    }
}
