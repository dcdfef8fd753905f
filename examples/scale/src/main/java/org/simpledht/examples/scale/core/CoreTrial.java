package org.simpledht.examples.scale.core;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import org.simpledht.examples.scale.Scenario;
import org.simpledht.examples.scale.Sheet;
import org.simpledht.examples.scale.Trial;

/** A network of real nodes in virtual time. */
public final class CoreTrial implements Trial {

    /** Of fewer nodes the heap says more about everything else in it. */
    private static final int ENOUGH_TO_WEIGH = 30;

    private static final double PATIENCE_SECONDS = 120;
    private static final int MANY = 2_000;
    private static final int STREAM_FACTOR = 25;
    private static final int ROOTS = 20;

    private final Sheet sheet;
    private final Pace pace;
    private final Crowd crowd;
    private final SplittableRandom dice;
    private final Duration step;
    private final long heapBytesBefore = heapBytes();

    /** They join, one after the other in 20 s. */
    public CoreTrial(Sheet sheet, long seed, Pace pace) {
        this.sheet = sheet;
        this.pace = pace;
        crowd = new Crowd(sheet.nodes(), seed, USUAL_LOSS);
        dice = new SplittableRandom(seed);
        step = Duration.ofMillis(sheet.nodes() > MANY ? 500 : 100);
        heal("join");
    }

    @Override
    public void run(Scenario scenario) {
        crowd.network().loss(USUAL_LOSS);
        switch (scenario) {
            case REST -> rest();
            case NEWS -> news("", Duration.ofSeconds(1), pace.settling(), pace.measured());
            case STREAM ->
                news("stream-", Duration.ofMillis(2), STREAM_FACTOR * pace.settling(), STREAM_FACTOR * pace.measured());
            case CUT -> cut("cut", Duration.ofSeconds(pace.cutSeconds()));
            case HOUR -> cut("hour", Duration.ofHours(1));
            case HALF -> crash("half", 0.5);
            case MOST -> crash("most", 0.8);
        }
    }

    private void rest() {
        Duration rest = Duration.ofSeconds(pace.restSeconds());
        crowd.network().advance(rest);
        Crowd.Counts before = crowd.counts();
        long cpuNanos = cpuNanos();
        crowd.network().advance(rest);
        double nodeSeconds = (double) crowd.size() * pace.restSeconds();
        sheet.put("cpu-us", (cpuNanos() - cpuNanos) / 1e3 / nodeSeconds);
        Crowd.Counts sent = crowd.counts().since(before);
        sheet.put("rest-bytes", sent.bytes() / nodeSeconds);
        sheet.put("rest-frames", sent.frames() / nodeSeconds);
        shape(Web.of(crowd));
        if (crowd.size() >= ENOUGH_TO_WEIGH) {
            sheet.put("heap-kb", (heapBytes() - heapBytesBefore) / 1e3 / crowd.size());
        }
    }

    private void shape(Web web) {
        int[] degrees = web.degrees();
        double all = 0;
        int least = degrees.length;
        int most = 0;
        for (int i = 0; i < degrees.length; i++) {
            if (degrees[i] > 0) {
                all += (double) i * degrees[i];
                least = Math.min(least, i);
                most = i;
            }
            if (i <= Sheet.MOST_LINKS) {
                sheet.put(Sheet.links(i), (double) degrees[i] / web.living());
            }
        }
        sheet.put("links-least", least);
        sheet.put("links-most", most);
        sheet.put("links-average", all / web.living());
        sheet.put("links-contact", web.degree(0));
        Web.Paths paths = web.paths(ROOTS);
        sheet.put("paths-average", paths.average());
        sheet.put("paths-longest", paths.longest());
        sheet.put("parts", web.parts());
    }

    private void crash(String name, double share) {
        for (int i = 0; i < crowd.size(); i++) {
            if (dice.nextDouble() < share) {
                crowd.crash(i);
            }
        }
        heal(name);
    }

    private void cut(String name, Duration time) {
        Set<String> side = new HashSet<>();
        for (int i = 0; i < crowd.size(); i++) {
            if (dice.nextBoolean()) {
                side.add(Crowd.name(i));
            }
        }
        crowd.network().partition(side).advance(time);
        crowd.network().heal();
        heal(name);
    }

    /** Until they are one, and each has enough neighbours. */
    private void heal(String name) {
        Duration began = crowd.network().elapsed();
        Web web = Web.of(crowd);
        sheet.put(name + "-parts", web.parts());
        double one = Double.NaN;
        double full = Double.NaN;
        for (double seconds = 0; seconds < PATIENCE_SECONDS; seconds = secondsSince(began)) {
            // Once is not enough: a link may end again.
            one = !web.isOne() ? Double.NaN : Double.isNaN(one) ? seconds : one;
            full = !web.isFull() ? Double.NaN : Double.isNaN(full) ? seconds : full;
            if (one >= 0 && full >= 0) {
                break;
            }
            crowd.network().advance(step);
            web = Web.of(crowd);
        }
        sheet.put(name + "-one", one);
        sheet.put(name + "-full", full);
    }

    private double secondsSince(Duration began) {
        return crowd.network().elapsed().minus(began).toNanos() / 1e9;
    }

    private void news(String prefix, Duration gap, int settling, int measured) {
        for (int percent : LOSSES_PERCENT) {
            crowd.network().loss(percent / 100.0);
            crowd.network().advance(Duration.ofSeconds(pace.restSeconds()));
            Crowd.Counts quiet = crowd.counts();
            crowd.network().advance(Duration.ofSeconds(pace.restSeconds()));
            double idleBytes = crowd.counts().since(quiet).bytes() / (double) pace.restSeconds();
            write(settling, gap);
            Crowd.Counts before = crowd.counts();
            Duration began = crowd.network().elapsed();
            List<Arrivals.Watched> updates = write(measured, gap);
            Crowd.Counts sent = crowd.counts().since(before);
            double idle = idleBytes * secondsSince(began);
            // The last ones are still on their way; as many were when counting began.
            crowd.network().advance(Duration.ofSeconds(5));
            double pairs = (double) crowd.size() * measured;
            sheet.put(prefix + "copies-" + percent, sent.contents() / pairs);
            sheet.put(prefix + "bytes-" + percent, (sent.bytes() - idle) / pairs);
            sheet.put(prefix + "p50-" + percent, mean(updates, Arrivals.Watched::halfSeconds));
            sheet.put(prefix + "p99-" + percent, mean(updates, Arrivals.Watched::mostSeconds));
            sheet.put(prefix + "p100-" + percent, mean(updates, Arrivals.Watched::allSeconds));
            sheet.put(prefix + "p99-worst-" + percent, worst(updates, Arrivals.Watched::mostSeconds));
            sheet.put(prefix + "p100-worst-" + percent, worst(updates, Arrivals.Watched::allSeconds));
        }
    }

    private List<Arrivals.Watched> write(int count, Duration gap) {
        List<Arrivals.Watched> updates = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            updates.add(crowd.write(dice));
            crowd.network().advance(gap);
        }
        return updates;
    }

    private static double mean(List<Arrivals.Watched> updates, ToDoubleFunction<Arrivals.Watched> time) {
        return times(updates, time).average().orElse(Double.NaN);
    }

    private static double worst(List<Arrivals.Watched> updates, ToDoubleFunction<Arrivals.Watched> time) {
        return times(updates, time).max().orElse(Double.NaN);
    }

    private static DoubleStream times(List<Arrivals.Watched> updates, ToDoubleFunction<Arrivals.Watched> time) {
        return updates.stream().mapToDouble(time);
    }

    /** Of what is no garbage. */
    private static long heapBytes() {
        // More than once: what others are cleaned up by is collected first.
        System.gc();
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private static long cpuNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }
}
