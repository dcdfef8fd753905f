package org.simpledht.examples.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Rounds of misfortune while there are writers, and after each the question whether all is well. */
final class Trial {

    private static final int TO_AGREE_SECONDS = 30;

    /** To see whether they agree late, or never. */
    private static final int TO_AGREE_LATE_SECONDS = 90;

    private static final int HASHES = 100;

    private record Step(int atMillis, Incident incident, boolean begins) {}

    private final Options options;
    private final Story story;
    private final Verdicts verdicts;
    private final Net net;
    private final Weather weather;
    private final List<Member> members;
    private final Faults faults;
    private final Plan plan;
    private final Census census;
    private final Health health;
    private final List<Writer> writers = new ArrayList<>();
    private long overNanos;
    private long slowestMillis;
    private int rounds;

    Trial(Options options, Story story, Verdicts verdicts, Net net, Weather weather, List<Member> members) {
        this.options = options;
        this.story = story;
        this.verdicts = verdicts;
        this.net = net;
        this.weather = weather;
        this.members = members;
        faults = new Faults(net, members);
        plan = new Plan(options.seed(), options.nodes());
        List<Ledger> ledgers = new ArrayList<>();
        for (int number = 1; number <= HASHES; number++) {
            ledgers.add(new Ledger(number));
        }
        census = new Census(members, ledgers, verdicts);
        health = new Health(members, verdicts, story);
        members.forEach(
                member -> writers.add(new Writer(member, ledgers, options.seed() * 31 + member.number(), story)));
    }

    void run() throws IOException, InterruptedException {
        while (rounds == 0 || story.seconds() < options.seconds()) {
            rounds++;
            story.tell("round " + rounds);
            round();
            calm();
        }
        story.tell("counted by the nodes: " + health.counters());
        alone();
        health.judge();
        long writes = writers.stream().mapToLong(Writer::count).sum();
        long acknowledged =
                writers.stream().mapToLong(Writer::acknowledgedCount).sum();
        long longest = writers.stream().mapToLong(Writer::slowestMillis).max().orElse(0);
        verdicts.figure(Promise.LOST, writes + " writes, " + acknowledged + " of them acknowledged by all neighbours");
        verdicts.figure(Promise.AGREED, rounds + " rounds, after " + slowestMillis + " ms at most");
        verdicts.figure(Promise.ANSWERED, "the slowest took " + longest + " ms");
        story.unexpected().forEach(what -> verdicts.broken(Promise.ANSWERED, what));
    }

    private void round() throws IOException, InterruptedException {
        for (Member member : members) {
            Conditions out = plan.weather();
            Conditions in = plan.weather();
            weather.set(member.number(), out, in);
            story.tell(member + " sends with " + out + "; gets with " + in);
        }
        List<Step> steps = new ArrayList<>();
        for (Incident incident : plan.round()) {
            steps.add(new Step(incident.atMillis(), incident, true));
            steps.add(new Step(incident.untilMillis(), incident, false));
        }
        steps.sort(Comparator.comparingInt(Step::atMillis));
        writers.forEach(Writer::begin);
        long began = System.nanoTime();
        for (Step step : steps) {
            sleepUntil(began + TimeUnit.MILLISECONDS.toNanos(step.atMillis()));
            story.tell(step.begins() ? faults.begin(step.incident()) : faults.end(step.incident()));
        }
        sleepUntil(began + TimeUnit.MILLISECONDS.toNanos(Plan.ROUND_MILLIS));
        for (Member member : members) {
            weather.set(member.number(), Conditions.FAIR, Conditions.FAIR);
        }
        overNanos = System.nanoTime();
        story.tell("all faults are over");
        for (Writer writer : writers) {
            writer.end();
        }
        story.tell("nobody writes");
    }

    private void calm() throws IOException, InterruptedException {
        health.look();
        long millis = census.agreeMillis(overNanos, TO_AGREE_SECONDS);
        if (millis < 0) {
            verdicts.broken(Promise.AGREED, "not within " + TO_AGREE_SECONDS + " s: " + census.fingerprints());
            long late = census.agreeMillis(overNanos, TO_AGREE_LATE_SECONDS);
            story.tell(late < 0 ? "nor later: " + census.fingerprints() : "after " + late + " ms");
        } else {
            slowestMillis = Math.max(slowestMillis, millis);
            story.tell("all agree after " + millis + " ms: "
                    + census.fingerprints().get(0));
        }
        census.read("round " + rounds);
        health.measure();
    }

    /** Nobody can ask anybody any more, and so nobody can hide that it lacks something. */
    private void alone() throws IOException, InterruptedException {
        for (Member member : members) {
            net.setUp(member.number(), false);
        }
        if (!census.aloneWithin(TO_AGREE_SECONDS)) {
            verdicts.broken(Promise.EQUAL, "some have neighbours though all links are down");
        }
        story.tell("all links are down, and each node is read alone");
        census.read("alone");
    }

    private static void sleepUntil(long nanos) {
        for (long left = nanos - System.nanoTime(); left > 0; left = nanos - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    /** Builds the network, runs it, and takes it down. Says whether all was well. */
    static boolean run(Options options) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("chaos");
        Story story = new Story();
        boolean relays = options.relays() || !Netem.isThere();
        try (Net net = new Net(options.nodes(), relays);
                Weather weather = relays
                        ? new Relays(net, options.nodes(), options.seed(), options.keyed(), folder)
                        : new Netem(net)) {
            story.tell(options.arguments() + ", " + weather.name() + "; logs in " + folder);
            List<Member> members = Member.all(options, net, folder, Keys.drawn(options, folder));
            try {
                for (Member member : members) {
                    member.start();
                }
                story.tell(members.size() + " nodes listen");
                Verdicts verdicts = new Verdicts(story);
                new Trial(options, story, verdicts, net, weather, members).run();
                return verdicts.print();
            } finally {
                for (Member member : members) {
                    if (member.server() != null) {
                        member.server().kill();
                    }
                }
            }
        }
    }
}
