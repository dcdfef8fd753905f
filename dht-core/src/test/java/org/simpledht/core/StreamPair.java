package org.simpledht.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.simpledht.types.NetAddress;

/** Two nodes that reach each other by connections alone, each way taking a few milliseconds. */
final class StreamPair {

    private static final long DELAY_MILLIS = 3;

    /** One end of a connection. */
    private record End(NodeFixture node, Path path) {}

    private record Connection(End opener, End acceptor) {
        End other(End end) {
            return end.equals(opener) ? acceptor : opener;
        }

        boolean joins(End end) {
            return end.equals(opener) || end.equals(acceptor);
        }
    }

    private record OnItsWay(long atMillis, Runnable arrival) {}

    final NodeFixture small;
    final NodeFixture large;
    private final List<Connection> connections = new ArrayList<>();
    private final Queue<OnItsWay> underWay = new ArrayDeque<>();
    private int dials;

    StreamPair(int seeds) {
        small = node(1_000, seeds);
        large = node(2_000, seeds);
        small.connect((to, frame) -> send(small, to, frame), path -> hangUp(small, path));
        large.connect((to, frame) -> send(large, to, frame), path -> hangUp(large, path));
    }

    private static NodeFixture node(long id, int seeds) {
        return new NodeFixture(NodeFixture.settings(id, MachineFixture.BINDINGS, seeds, NodeFixture.WIDE), id);
    }

    /** Where a node listens. */
    Path listening(NodeFixture node) {
        return new Path(MachineFixture.TCP, MachineFixture.address(node == small ? 1 : 2));
    }

    int dials() {
        return dials;
    }

    int openConnections() {
        return connections.size();
    }

    /** The node that opened the only connection there is. */
    NodeFixture openerOfTheOnlyConnection() {
        assertThat(connections).hasSize(1);
        return connections.get(0).opener().node();
    }

    /** Cuts all connections; both sides are told. */
    void cut() {
        for (Connection each : List.copyOf(connections)) {
            connections.remove(each);
            each.opener().node().closedPath(each.opener().path());
            each.acceptor().node().closedPath(each.acceptor().path());
        }
    }

    void pass(long millis) {
        for (long i = 0; i < millis; i++) {
            small.pass(1);
            large.pass(1);
            while (!underWay.isEmpty() && underWay.peek().atMillis() <= small.millis()) {
                underWay.remove().arrival().run();
            }
        }
    }

    private void send(NodeFixture from, Path to, byte[] frame) {
        if (to.binding() == MachineFixture.TCP) {
            End end = new End(from, to);
            Connection connection = find(end);
            if (connection == null) {
                connection = dial(end);
            }
            End other = connection.other(end);
            Connection known = connection;
            later(() -> {
                if (connections.contains(known)) {
                    other.node().receive(other.path(), frame);
                }
            });
        }
    }

    private Connection dial(End opener) {
        NodeFixture target = opener.path().equals(listening(small)) ? small : large;
        dials++;
        NetAddress host = listening(opener.node()).remote();
        Path seenAs = new Path(MachineFixture.TCP, host.withPort(40_000 + dials));
        Connection connection = new Connection(opener, new End(target, seenAs));
        connections.add(connection);
        later(() -> target.acceptedPath(seenAs));
        return connection;
    }

    private void hangUp(NodeFixture by, Path path) {
        End end = new End(by, path);
        Connection connection = find(end);
        if (connection != null) {
            End other = connection.other(end);
            later(() -> {
                connections.remove(connection);
                other.node().closedPath(other.path());
            });
        }
    }

    private Connection find(End end) {
        return connections.stream().filter(c -> c.joins(end)).findFirst().orElse(null);
    }

    private void later(Runnable arrival) {
        underWay.add(new OnItsWay(small.millis() + DELAY_MILLIS, arrival));
    }
}
