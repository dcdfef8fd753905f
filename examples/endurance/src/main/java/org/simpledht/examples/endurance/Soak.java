package org.simpledht.examples.endurance;

import java.io.IOException;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Writes at a steady pace for long: whether threads, descriptors and heap stay what they are, and all agree in the end. */
final class Soak {

    private static final int MEMBERS = 5;
    private static final int KEYS = 10_000;
    private static final int SAMPLES = 10;
    private static final int PARTS = 20;

    private final Random dice = new Random(1);

    /** So many minutes of so many puts a second over 10,000 keys, and prints what each node was like ten times. */
    void run(int minutes, int perSecond) throws IOException {
        List<Spawned> members = Spawned.members(MEMBERS);
        try {
            System.out.println("| minute | puts | threads | descriptors | heap after collection, MB |");
            System.out.println("|---|---|---|---|---|");
            long began = System.nanoTime();
            long puts = 0;
            for (int sample = 1; sample <= SAMPLES; sample++) {
                long until = began + TimeUnit.MINUTES.toNanos(minutes) * sample / SAMPLES;
                while (System.nanoTime() < until) {
                    long part = System.nanoTime();
                    for (int i = 0; i < perSecond / PARTS; i++) {
                        puts++;
                        members.get(dice.nextInt(MEMBERS)).ask("write " + dice.nextInt(KEYS) + " content-" + puts);
                    }
                    LockSupport.parkNanos(part + TimeUnit.SECONDS.toNanos(1) / PARTS - System.nanoTime());
                }
                print(members, minutes * sample / (double) SAMPLES, puts);
            }
            LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(3));
            long different = members.stream().map(Soak::digest).distinct().count();
            System.out.println();
            System.out.println(
                    different == 1 ? "All agree: " + digest(members.get(0)) : different + " different tables");
        } finally {
            members.forEach(Spawned::close);
        }
    }

    private static String digest(Spawned member) {
        try {
            return member.ask("digest");
        } catch (IOException e) {
            return e.toString();
        }
    }

    /** Of all nodes the least and the most. */
    private static void print(List<Spawned> members, double minute, long puts) throws IOException {
        long[] least = {Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE};
        long[] most = new long[3];
        for (Spawned member : members) {
            String[] state = member.ask("state").split(" ");
            for (int i = 0; i < state.length; i++) {
                least[i] = Math.min(least[i], Long.parseLong(state[i]));
                most[i] = Math.max(most[i], Long.parseLong(state[i]));
            }
        }
        System.out.printf(
                "| %.1f | %,d | %d to %d | %d to %d | %.1f to %.1f |%n",
                minute, puts, least[0], most[0], least[1], most[1], least[2] / 1e6, most[2] / 1e6);
    }
}
