package org.simpledht.examples.chaos;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Makes an {@link Incident} happen, and undoes it. */
final class Faults {

    private static final int DESCRIPTORS = 1_000;

    /** What a packet goes to that nobody takes. */
    private static final String NOBODY = "02:00:00:00:00:ff";

    private static final List<String> REFUSALS = List.of("unreachable", "prohibit", "blackhole", "throw");

    private final Net net;
    private final List<Member> members;
    private final Map<Member, Process> eaters = new HashMap<>();

    Faults(Net net, List<Member> members) {
        this.net = net;
        this.members = members;
    }

    /** What has happened, for the story. */
    String begin(Incident incident) throws IOException, InterruptedException {
        Member member = members.get(incident.node() - 1);
        int node = incident.node();
        Random dice = incident.dice();
        switch (incident.kind()) {
            case PARTITION -> {
                List<Integer> half = some(incident, members.size() / 2);
                for (int apart : half) {
                    net.part(apart, true);
                }
                return "nodes " + half + " are parted from the others";
            }
            case ONE_WAY -> {
                List<Integer> deaf = deaf(incident);
                for (int other : deaf) {
                    member.namespace()
                            .run("ip neigh replace " + Addresses.ofNode(other) + " lladdr " + NOBODY + " dev "
                                    + Net.inner(node) + " nud permanent");
                }
                return "what " + member + " sends to " + deaf + " is lost, and not what they send to it";
            }
            case LINK_DOWN -> {
                boolean own = dice.nextBoolean();
                if (own) {
                    member.namespace().run("ip link set dev " + Net.inner(node) + " down");
                } else {
                    net.setUp(node, false);
                }
                return own ? "the device of " + member + " is down" : "the link of " + member + " is down";
            }
            case NO_ROUTE -> {
                return takeRoutes(incident, member);
            }
            case NO_ADDRESS -> {
                net.takeAddress(node);
                return member + " has lost its address";
            }
            case NO_DESCRIPTORS -> {
                int limit = member.server().descriptors();
                member.server().limitDescriptors(limit);
                if (member.speaks("tcp")) {
                    eaters.put(member, Eater.start(member.namespace(), node));
                }
                return member + " has " + limit + " descriptors, and gets no more";
            }
            case STOPPED -> {
                member.server().stop();
                return member + " is stopped";
            }
            case KILLED -> {
                member.server().kill();
                return member + " is killed";
            }
        }
        throw new AssertionError(incident.kind());
    }

    String end(Incident incident) throws IOException {
        Member member = members.get(incident.node() - 1);
        int node = incident.node();
        switch (incident.kind()) {
            case PARTITION -> {
                for (int apart : some(incident, members.size() / 2)) {
                    net.part(apart, false);
                }
                return "all are together again";
            }
            case ONE_WAY -> {
                for (int other : deaf(incident)) {
                    member.namespace().run("ip neigh del " + Addresses.ofNode(other) + " dev " + Net.inner(node));
                }
                return member + " is heard again";
            }
            case LINK_DOWN -> {
                member.namespace().run("ip link set dev " + Net.inner(node) + " up");
                net.setUp(node, true);
                return "the link of " + member + " is up";
            }
            case NO_ROUTE -> {
                return giveRoutes(incident, member);
            }
            case NO_ADDRESS -> {
                net.giveAddress(node);
                return member + " has its address again";
            }
            case NO_DESCRIPTORS -> {
                Process eater = eaters.remove(member);
                if (eater != null) {
                    eater.destroyForcibly();
                }
                member.server().limitDescriptors(DESCRIPTORS);
                return member + " may have " + DESCRIPTORS + " descriptors";
            }
            case STOPPED -> {
                member.server().goOn();
                return member + " goes on";
            }
            case KILLED -> {
                member.start();
                return member + " starts with nothing";
            }
        }
        throw new AssertionError(incident.kind());
    }

    /** All are gone, or those to some nodes are such that the system refuses to send. */
    private String takeRoutes(Incident incident, Member member) throws IOException {
        String refusal = refusal(incident);
        if (refusal.isEmpty()) {
            member.namespace().run("ip route del 10.77.0.0/24 dev " + Net.inner(incident.node()));
            return member + " has no route";
        }
        List<Integer> others = deaf(incident);
        for (int other : others) {
            member.namespace().run("ip route add " + refusal + ' ' + Addresses.ofNode(other) + "/32");
        }
        return "the routes of " + member + " to " + others + " say " + refusal;
    }

    private String giveRoutes(Incident incident, Member member) throws IOException {
        String refusal = refusal(incident);
        if (refusal.isEmpty()) {
            member.namespace()
                    .run("ip route add 10.77.0.0/24 dev " + Net.inner(incident.node()) + " proto kernel scope link src "
                            + Addresses.ofNode(incident.node()));
        } else {
            for (int other : deaf(incident)) {
                member.namespace().run("ip route del " + refusal + ' ' + Addresses.ofNode(other) + "/32");
            }
        }
        return member + " has its routes again";
    }

    private static String refusal(Incident incident) {
        int drawn = incident.dice().nextInt(REFUSALS.size() + 2);
        return drawn < REFUSALS.size() ? REFUSALS.get(drawn) : "";
    }

    /** Some of the others, the same ones each time. */
    private List<Integer> deaf(Incident incident) {
        List<Integer> others = some(incident, members.size());
        others.remove((Integer) incident.node());
        return others.subList(0, 1 + incident.dice().nextInt(others.size()));
    }

    private List<Integer> some(Incident incident, int count) {
        List<Integer> all = new ArrayList<>();
        members.forEach(member -> all.add(member.number()));
        Collections.shuffle(all, incident.dice());
        return new ArrayList<>(all.subList(0, count));
    }
}
