package org.simpledht.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.simpledht.core.MachineFixture.HELLO;
import static org.simpledht.core.MachineFixture.KEY;
import static org.simpledht.core.MachineFixture.others;
import static org.simpledht.protocol.Message.KEEP_ALIVE;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.simpledht.protocol.Extension.Header;
import org.simpledht.protocol.ExtensionRecord;
import org.simpledht.protocol.Meta;
import org.simpledht.types.Content;
import org.simpledht.types.Hash;

/** How many hear of what is relayed or written here, by which links, where most want to be told and not pushed to. */
class RelayTest extends GossipFixture {

    @Test
    void whatIsRelayedAmongManyWantsNoEcho() {
        for (int i = 0; i < 4; i++) {
            node.udp("n" + i).tells(KEEP_ALIVE, ExtensionRecord.PRUNE);
        }
        node.out();
        alice.pushes(version, HELLO);

        assertThat(node.said()).containsExactly("+KeepAlive [Push 2a hello] to bob");
    }

    /** What alice pushes is passed on, where bob wants to be told like all others. */
    private List<String> relayedWithin(long millis) {
        bob.tells(KEEP_ALIVE, ExtensionRecord.PRUNE);
        node.out();
        alice.pushes(version, HELLO);
        node.pass(millis);
        return node.said();
    }

    @Test
    void twoOfThoseWhoAreToldHearOfOneRelay() {
        alice.tells(KEEP_ALIVE, others());
        lazy(8);
        assertThat(relayedWithin(100)).hasSize(2).allMatch(line -> line.startsWith("+KeepAlive [has 2a] to "));
    }

    @Test
    void amongFewFourHearOfItAndSooner() {
        lazy(6);
        assertThat(relayedWithin(50)).hasSize(4).allMatch(line -> line.startsWith("+KeepAlive [has 2a] to "));
    }

    @Test
    void whereFramesGetLostFourHearOfItAndSooner() {
        alice.tells(KEEP_ALIVE, others());
        lazy(8);
        node.pass(2_000);

        assertThat(relayedWithin(50)).hasSize(4).allMatch(line -> line.startsWith("+KeepAlive [has 2a] to "));
    }

    @Test
    void whatIsWrittenHereGoesToAllNeighboursIfThereAreNoOthers() {
        bob.tells(KEEP_ALIVE, ExtensionRecord.PRUNE);
        node.out();
        node.put(KEY, HELLO);

        assertThat(node.said()).hasSize(2).allMatch(line -> line.contains("[Push 2a hello]"));
    }

    @Test
    void whatIsWrittenHereGoesAlongTheTreeIfThereAreOthers() {
        alice.tells(KEEP_ALIVE, others());
        bob.tells(KEEP_ALIVE, ExtensionRecord.PRUNE);
        node.out();
        node.put(KEY, HELLO);
        assertThat(node.said()).hasSize(1).allMatch(line -> line.contains("[Push 2a hello]") && line.endsWith("alice"));

        node.pass(100);
        assertThat(node.said()).anyMatch(line -> line.contains("[has 2a]") && line.endsWith("to bob"));
    }

    @Test
    void whatIsWrittenHereGoesToAllNeighboursWhereFramesGetLost() {
        alice.tells(KEEP_ALIVE, others());
        bob.tells(KEEP_ALIVE, ExtensionRecord.PRUNE);
        node.pass(2_000);
        node.out();
        node.put(KEY, HELLO);

        assertThat(node.said()).hasSize(2).allMatch(line -> line.contains("[Push 2a hello]"));
    }

    @Test
    void whatIsWrittenHereGoesToAllNeighboursIfNoneIsOfTheTree() {
        alice.tells(KEEP_ALIVE, others());
        alice.tells(KEEP_ALIVE, ExtensionRecord.PRUNE);
        bob.tells(KEEP_ALIVE, ExtensionRecord.PRUNE);
        node.out();
        node.put(KEY, HELLO);

        assertThat(node.said()).hasSize(2).allMatch(line -> line.contains("[Push 2a hello]"));
    }

    @Test
    void oneSlowNeighbourAlongTheTreeSlowsNobody() {
        alice.tells(KEEP_ALIVE, others());
        bob.tells(KEEP_ALIVE, ExtensionRecord.PRUNE);
        for (int i = 0; i < 2_000; i++) {
            node.put(new Hash(i), Content.of(new byte[1_000]));
        }
        bob.echoes();
        node.pass(100);
        bob.echoes();

        assertThat(node.out()).anyMatch(line -> line.contains("Push") && line.endsWith("to bob"));
        assertThat(node.machine().isCongested(node.now())).isFalse();
    }

    @Test
    void fullNeighbourAlongTheTreeKeepsNothingFromTheOthers() {
        alice.tells(Header.FLAG_NEIGHBOUR | Header.FLAG_FULL, KEEP_ALIVE, others());
        bob.tells(KEEP_ALIVE, ExtensionRecord.PRUNE);
        node.out();
        node.put(KEY, HELLO);

        assertThat(node.said()).hasSize(1).allMatch(line -> line.contains("[Push 2a hello]") && line.endsWith("bob"));
    }

    @Test
    void ofAnOwnWriteTwoHearWhoeverSaysThatHeHasIt() {
        alice.tells(KEEP_ALIVE, others());
        List<Far> lazy = lazy(4);
        node.put(KEY, HELLO);
        node.out();
        Meta own = node.machine().store().meta(KEY);
        lazy.get(0).announces(own);
        lazy.get(1).announces(own);
        node.pass(100);

        assertThat(node.said())
                .filteredOn(line -> line.contains("[has 2a]"))
                .hasSize(2)
                .noneMatch(line -> line.endsWith("n0") || line.endsWith("n1"));
    }

    @Test
    void whoHasShownThatItHasItCountsAmongThoseWhoAreTold() {
        alice.tells(KEEP_ALIVE, others());
        List<Far> lazy = lazy(8);
        bob.tells(KEEP_ALIVE, ExtensionRecord.PRUNE);
        node.out();
        alice.pushes(version, HELLO);
        lazy.get(0).announces(version);
        node.pass(100);
        assertThat(node.said()).hasSize(1).noneMatch(line -> line.endsWith("to n0"));
    }

    @Test
    void whereTwoHaveShownItNobodyNeedBeTold() {
        alice.tells(KEEP_ALIVE, others());
        List<Far> lazy = lazy(8);
        bob.tells(KEEP_ALIVE, ExtensionRecord.PRUNE);
        node.out();
        alice.pushes(version, HELLO);
        lazy.get(0).announces(version);
        lazy.get(1).pushes(version, HELLO);
        node.pass(100);

        assertThat(node.said()).isEmpty();
    }

    @Test
    void whoIsFullHearsOfNoNewKeys() {
        bob.tells(Header.FLAG_NEIGHBOUR | Header.FLAG_FULL, KEEP_ALIVE);
        alice.pushes(version, HELLO);
        node.put(Hash.parse("2b"), HELLO);

        assertThat(node.said()).noneMatch(line -> line.endsWith("to bob"));
    }
}
