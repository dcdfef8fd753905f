package org.simpledht.examples.chaos;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Puts, overwrites and removes at one node, again and again, and hears which of it the neighbours have. */
final class Writer {

    private static final double REMOVALS = 0.15;
    private static final double LARGE = 0.05;
    private static final int WRITES_PER_FLUSH = 3;
    private static final int SMALL_BYTES = 1_500;
    private static final int LARGE_BYTES = 50_000;
    private static final int LONGEST_PAUSE_MILLIS = 200;

    /** Two writes of one hash within a millisecond may have one clock. */
    private static final long TO_TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

    /** A write that took so long is told of. A process that stood still is the usual cause. */
    private static final long TOLD_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final Member member;
    private final List<Ledger> ledgers;
    private final Story story;
    private final Random dice;
    private final List<Ledger.Write> open = new ArrayList<>();
    private volatile boolean over;
    private Server server;
    private long done;
    private long acknowledged;
    private long slowestNanos;
    private Thread thread;

    Writer(Member member, List<Ledger> ledgers, long seed, Story story) {
        this.member = member;
        this.ledgers = ledgers;
        this.story = story;
        dice = new Random(seed);
    }

    void begin() {
        over = false;
        thread = new Thread(this::write);
        // So that a run that fails ends.
        thread.setDaemon(true);
        thread.start();
    }

    /** Ends with what is going on. */
    void end() throws InterruptedException {
        over = true;
        thread.join();
    }

    private void write() {
        while (!over) {
            Ledger ledger = ledgers.get(dice.nextInt(ledgers.size()));
            if (ledger.take()) {
                try {
                    write(ledger);
                } catch (IOException e) {
                    // It was killed in the midst of that: then nobody knows whether it was written.
                } finally {
                    LockSupport.parkNanos(TO_TICK_NANOS);
                    ledger.release();
                }
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(dice.nextInt(LONGEST_PAUSE_MILLIS)));
        }
    }

    private void write(Ledger ledger) throws IOException {
        if (server != member.server()) {
            // Another life: what the last one had not handed on may be gone.
            server = member.server();
            open.clear();
        }
        boolean removal = dice.nextDouble() < REMOVALS;
        int size = dice.nextInt(dice.nextDouble() < LARGE ? LARGE_BYTES : SMALL_BYTES);
        Ledger.Write write = ledger.begin(removal, size, server::lives, dice);
        long began = System.nanoTime();
        String answer = server.ask(write.content()
                .map(content -> "put " + ledger.hash() + ' ' + content)
                .orElse("remove " + ledger.hash()));
        long tookNanos = System.nanoTime() - began;
        slowestNanos = Math.max(slowestNanos, tookNanos);
        if (tookNanos > TOLD_NANOS) {
            story.tell(member + " took " + TimeUnit.NANOSECONDS.toMillis(tookNanos) + " ms for a write of "
                    + write.content().map(String::length).orElse(0) + " bytes");
        }
        if (!answer.contains("\"ok\":true")) {
            story.unexpected(member + " answers " + answer);
            return;
        }
        write.done();
        done++;
        open.add(write);
        if (dice.nextInt(WRITES_PER_FLUSH) > 0) {
            return;
        }
        if (server.ask("flush").contains("\"ok\":true")) {
            open.forEach(Ledger.Write::acknowledged);
            acknowledged += open.size();
            open.clear();
        }
    }

    /** Writes that its node has taken. */
    long count() {
        return done;
    }

    long acknowledgedCount() {
        return acknowledged;
    }

    long slowestMillis() {
        return TimeUnit.NANOSECONDS.toMillis(slowestNanos);
    }
}
