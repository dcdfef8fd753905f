package org.simpledht.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.simpledht.protocol.ChunkRecord;
import org.simpledht.protocol.Extension;
import org.simpledht.protocol.Extension.Header;
import org.simpledht.protocol.ExtensionRecord;
import org.simpledht.protocol.Frame;
import org.simpledht.protocol.LinkRecord;
import org.simpledht.protocol.Message;
import org.simpledht.protocol.Meta;
import org.simpledht.types.Content;
import org.simpledht.types.Hash;
import org.simpledht.types.NetAddress;

/** Whoever sends whatever he likes, from as many addresses and under as many names as he likes, fills no table beyond its bound. */
class FloodTest {

    private static final int FRAMES = 12_000;
    private static final int LOOKS = 40;
    private static final NodeSettings.Bounds SMALL =
            new NodeSettings.Bounds(16, 300, 1 << 21, 64, 4, 4, 64, 1 << 20, 1 << 21);

    private final SplittableRandom random = new SplittableRandom(1);
    private final Content small = Content.of(new byte[20]);
    private long clocks;

    private static NodeFixture node(boolean trusts) {
        return new NodeFixture(settings(trusts));
    }

    private static NodeSettings settings(boolean trusts) {
        return NodeFixture.settings(trusts ? NodeFixture.TRUSTING : NodeFixture.gate(List.of()), 0, SMALL);
    }

    private static NetAddress address(int number) {
        return NetAddress.of(new byte[] {11, (byte) (number >> 16), (byte) (number >> 8), (byte) number}, 4_000);
    }

    /** Before the next sign of life, when much is forgotten. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void ofManyAddressesInAMoment(boolean trusts) {
        flood(trusts, 20_000, 0);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void ofManyAddresses(boolean trusts) {
        flood(trusts, 20_000, 20);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void ofFewAddressesUnderManyNames(boolean trusts) {
        flood(trusts, 20, 20);
    }

    private void flood(boolean trusts, int addresses, int mostMillis) {
        NodeFixture node = node(trusts);
        TableBounds bounds = TableBounds.ofNode(settings(trusts), 1);
        node.get(1, new Hash(-1), TimeUnit.DAYS.toMillis(1));
        for (int i = 0; i < FRAMES; i++) {
            int binding = random.nextInt(20) == 0 ? MachineFixture.TCP : MachineFixture.UDP;
            int number = random.nextInt(addresses) % (binding == MachineFixture.TCP ? TableBounds.STREAMS : addresses);
            Path from = new Path(binding, address(number));
            node.receive(from, Far.encode(frame(node, number)));
            if (mostMillis > 0) {
                node.pass(random.nextInt(mostMillis));
            }
            if (i % (FRAMES / LOOKS) == 0) {
                bounds.check(node.machine());
                node.out();
                node.bytes().clear();
            }
        }
        bounds.check(node.machine());
    }

    private Frame frame(NodeFixture node, int number) {
        Message message =
                switch (random.nextInt(6)) {
                    case 0 -> new Message.Get(key());
                    case 1 -> new Message.Put(key(), small);
                    case 2 -> new Message.IHave(key());
                    case 3 -> new Message.Discover(address(random.nextInt(1 << 20)));
                    default -> Message.KEEP_ALIVE;
                };
        if (random.nextInt(3) == 0) {
            return Frame.classic(message);
        }
        List<ExtensionRecord> records = new ArrayList<>(List.of(MachineFixture.GREETING));
        for (int i = random.nextInt(3); i >= 0; i--) {
            records.add(record(node));
        }
        long id = random.nextBoolean() ? 1_000 + number : random.nextLong();
        long clock = (node.now().unixMillis() << 16) + ++clocks;
        return Frame.extended(message, new Extension(new Header(Header.FLAG_NEIGHBOUR, id, clock, 0), records));
    }

    private ExtensionRecord record(NodeFixture node) {
        long clock = node.now().unixMillis() << 16;
        return switch (random.nextInt(9)) {
            case 0 -> new ExtensionRecord.Metas(List.of(Meta.of(key(), clock, 3_600, small), large()));
            case 1 -> new ExtensionRecord.Push(key(), clock, 60, small);
            case 2 -> new ExtensionRecord.Gets(List.of(Meta.nothing(key()).version()));
            case 3 -> new ExtensionRecord.Ask(List.of(key(), key()));
            case 4 -> new ChunkRecord.ChunkGet(large().version(), 0, 1_000);
            case 5 -> new ChunkRecord.Chunk(large().version(), 0, small);
            case 6 -> MachineFixture.others();
            case 7 -> new LinkRecord.Wards(List.of(address(random.nextInt(1 << 20))));
            default -> new LinkRecord.Flow(random.nextInt(), 0, 1 + random.nextInt(1 << 20));
        };
    }

    private Hash key() {
        return new Hash(random.nextInt(5_000));
    }

    /** Of the same few keys, so that it is fetched for long. */
    private Meta large() {
        return new Meta(
                new Hash(10_000 + random.nextInt(3)), MachineFixture.START.unixMillis() << 16, 7, 3_600, 500_000);
    }

    /** Each is asked for what it announces, and for no more than a moment remembered for it. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void ofAnnouncementsByManyInAMoment(boolean trusts) {
        NodeFixture node = node(trusts);
        for (int i = 0; i < 5_000; i++) {
            node.receive(new Path(MachineFixture.UDP, address(i)), Far.encode(Frame.classic(new Message.IHave(key()))));
        }
        TableBounds.ofNode(settings(trusts), 0).check(node.machine());
    }

    /** One after the other is at the same address, and each has the same large content. */
    @Test
    void ofSourcesOfOneContent() {
        NodeFixture node = node(true);
        for (int i = 0; i < 3_000; i++) {
            Header header = new Header(Header.FLAG_NEIGHBOUR, 1_000 + i, node.nextHeaderClock(), 0);
            List<ExtensionRecord> records =
                    List.of(MachineFixture.GREETING, new ExtensionRecord.Metas(List.of(large())));
            Frame frame = Frame.extended(Message.KEEP_ALIVE, new Extension(header, records));
            node.receive(new Path(MachineFixture.UDP, address(i % 5)), Far.encode(frame));
            node.pass(1);
        }
        assertThat(new NodeInsides(node.machine()).fetched()).isEqualTo(3);
        TableBounds.ofNode(settings(true), 0).check(node.machine());
    }

    /** Somebody lives and says that he does, and never how much has come. */
    @Test
    void ofOneWhoNeverEchoes() {
        NodeFixture node = node(true);
        TableBounds bounds = TableBounds.ofNode(settings(true), 0);
        Far alice = node.udp("alice");
        alice.greets();
        for (int second = 0; second < 2_000; second++) {
            node.put(new Hash(second % 10), Content.of(new byte[] {(byte) second, (byte) (second >> 8)}));
            alice.greets();
            node.pass(1_000);
        }
        bounds.check(node.machine());
    }
}
