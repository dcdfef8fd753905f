package org.simpledht.testing;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.simpledht.types.NetAddress;

/**
 * What the hosts and links of a {@link SimulatedNetwork} share: one time, one weather, one wire, the dice, and who is there and parted
 * from whom. The network is what a test says to it.
 */
final class World {

    private static final int MOST_NAMES = 20;

    private final SplittableRandom dice;
    private final Weather weather;
    private final Agenda agenda = new Agenda();
    private final Trace trace = new Trace();
    private final Hosts hosts = new Hosts();
    private final Partitions partitions = new Partitions();
    private final Clockwork clockwork = new Clockwork(agenda);
    private final Wire wire;

    World(SplittableRandom dice) {
        this.dice = dice;
        weather = new Weather(dice.split());
        wire = new Wire(agenda, trace, weather, hosts);
    }

    Weather weather() {
        return weather;
    }

    Agenda agenda() {
        return agenda;
    }

    Trace trace() {
        return trace;
    }

    Hosts hosts() {
        return hosts;
    }

    Partitions partitions() {
        return partitions;
    }

    Clockwork clockwork() {
        return clockwork;
    }

    Wire wire() {
        return wire;
    }

    /** Something was done. */
    void note(String what) {
        trace.note(agenda.nowNanos(), what);
    }

    // Hosts

    /** The host of that name, made if there is none yet. */
    SimulatedHost host(String name) {
        return hosts.named(name, (n, address) -> new SimulatedHost(this, n, address, dice.split()));
    }

    /** Makes an address that of a host, and returns it. */
    byte[] claim(SimulatedHost host, String literal) {
        byte[] address = Require.hostAddress(literal);
        SimulatedHost there = hosts.at(NetAddress.of(address, 0));
        if (there != null && there != host) {
            throw new IllegalArgumentException(literal + " is taken by " + there.name());
        }
        if (wire.isInUse(host)) {
            throw new IllegalStateException(
                    host.name() + " cannot move while somebody listens there; close its node, or crash it, before");
        }
        hosts.moved(host, address);
        return address;
    }

    /** Makes a further address that of a host, and returns it. */
    byte[] alsoAt(SimulatedHost host, String literal) {
        byte[] address = Require.hostAddress(literal);
        hosts.alsoAt(host, address);
        return address;
    }

    List<InetAddress> resolve(String name) throws UnknownHostException {
        return hosts.resolve(name);
    }

    // Ways between them

    /** The way from one host to another, made if there is none yet. */
    SimulatedLink linkOf(SimulatedHost sender, SimulatedHost receiver) {
        return sender.links().computeIfAbsent(receiver, r -> {
            SimulatedLink link = new SimulatedLink(this, sender, r);
            if (partitions.part(sender, r)) {
                link.part();
            }
            return link;
        });
    }

    /** Nothing passes between these hosts and all others that there are by now. */
    void part(Collection<String> side) {
        Set<SimulatedHost> here = new LinkedHashSet<>();
        side.forEach(name -> here.add(hosts.existing(name)));
        Set<SimulatedHost> there = new LinkedHashSet<>(hosts.all());
        there.removeAll(here);
        partitions.add(here, there);
        // Those that have been made know of themselves whether they are cut, so that one of them can be healed alone.
        for (SimulatedHost host : hosts.all()) {
            host.links().forEach((other, link) -> {
                if (here.contains(host) != here.contains(other)) {
                    link.part();
                }
            });
        }
        note("parted from all others: " + names(here));
    }

    private static String names(Set<SimulatedHost> some) {
        String names = some.stream().limit(MOST_NAMES).map(SimulatedHost::name).collect(Collectors.joining(", "));
        return some.size() <= MOST_NAMES ? names : names + " and " + (some.size() - MOST_NAMES) + " more";
    }

    /** All ways are open again, and what they held sets out. */
    void heal() {
        note("heal");
        partitions.clear();
        hosts.all().forEach(host -> host.links().values().forEach(SimulatedLink::heal));
    }
}
