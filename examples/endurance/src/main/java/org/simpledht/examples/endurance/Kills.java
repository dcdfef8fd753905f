package org.simpledht.examples.endurance;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/** Nodes are killed and start again with nothing, while others write: whether what a neighbour had acknowledged is lost. */
final class Kills {

    private static final int MEMBERS = 5;
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final long TO_AGREE_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final Random dice = new Random(1);
    private final List<String> acknowledged = new ArrayList<>();
    private int written;

    /** Kills so often in so many seconds, each time another one at random, and prints what became of it. */
    void run(int kills, int seconds) throws Exception {
        List<Spawned> members = Spawned.members(MEMBERS);
        AtomicBoolean over = new AtomicBoolean();
        try {
            Thread writer = new Thread(() -> write(members, over));
            writer.start();
            long gapNanos = TimeUnit.SECONDS.toNanos(seconds) / kills;
            long began = System.nanoTime();
            for (int kill = 0; kill < kills; kill++) {
                LockSupport.parkNanos(began + (kill + 1) * gapNanos - System.nanoTime());
                members.get(dice.nextInt(MEMBERS)).killAndStart();
            }
            over.set(true);
            writer.join();
            long agreedNanos = agree(members);
            row("nodes killed and started again with nothing", String.format("%,d in %d s", kills, seconds));
            row("entries written, one after the other", String.format("%,d", written));
            row("of these acknowledged by a neighbour", String.format("%,d", acknowledged.size()));
            row(
                    "all nodes agree after the last one",
                    agreedNanos < 0 ? "not within 10 s" : agreedNanos / 1_000_000 + " ms");
            for (Spawned member : members) {
                row("acknowledged entries that " + member.address() + " lacks", Integer.toString(lacks(member)));
            }
        } finally {
            members.forEach(Spawned::close);
        }
    }

    /** Whoever is killed meanwhile answers nothing: then nobody knows whether it was written. */
    private void write(List<Spawned> members, AtomicBoolean over) {
        Random own = new Random(2);
        while (!over.get()) {
            String entry = ++written + " number-" + written;
            try {
                if (Integer.parseInt(members.get(own.nextInt(MEMBERS)).ask("put " + entry)) > 0) {
                    acknowledged.add(entry);
                }
            } catch (IOException | NumberFormatException e) {
                // It was killed in the midst of that.
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    private static long agree(List<Spawned> members) throws IOException {
        long began = System.nanoTime();
        while (System.nanoTime() - began < TO_AGREE_NANOS) {
            List<String> digests = new ArrayList<>();
            for (Spawned member : members) {
                digests.add(member.ask("digest"));
            }
            if (digests.stream().distinct().count() == 1) {
                return System.nanoTime() - began;
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        return -1;
    }

    private int lacks(Spawned member) throws IOException {
        int lacking = 0;
        for (String entry : acknowledged) {
            lacking += Boolean.parseBoolean(member.ask("has " + entry)) ? 0 : 1;
        }
        return lacking;
    }

    private static void row(String what, String value) {
        System.out.println("| " + what + " | " + value + " |");
    }
}
