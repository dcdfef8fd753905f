package org.simpledht.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.simpledht.core.MachineFixture.HELLO;
import static org.simpledht.core.MachineFixture.KEY;
import static org.simpledht.protocol.Message.KEEP_ALIVE;

import org.junit.jupiter.api.Test;
import org.simpledht.protocol.ExtensionRecord;
import org.simpledht.protocol.Meta;
import org.simpledht.types.Hash;

/** What becomes of other leases and removals that neighbours announce: no content comes with them. */
class RenewalsTest extends GossipFixture {

    @Test
    void renewalGoesAlongTheTreeAloneAndToNobodyWhoHasShownThatItHasIt() {
        Far carol = node.udp("carol");
        Far dave = node.udp("dave");
        carol.greets();
        dave.tells(KEEP_ALIVE, ExtensionRecord.PRUNE);
        Meta other = node.written(Hash.parse("2b"), HELLO);
        alice.pushes(Meta.of(KEY, version.clock(), 60, HELLO), HELLO);
        alice.pushes(Meta.of(other.key(), other.clock(), 60, HELLO), HELLO);
        node.pass(100);
        node.out();
        alice.announces(Meta.of(KEY, version.clock(), 120, HELLO));
        alice.announces(Meta.of(other.key(), other.clock(), 120, HELLO));
        carol.announces(Meta.of(KEY, version.clock(), 120, HELLO));
        assertThat(node.said()).isEmpty();
        node.pass(50);

        assertThat(node.said()).containsExactly("+KeepAlive [has 2a, has 2b] to bob", "+KeepAlive [has 2b] to carol");
    }

    @Test
    void whoBringsRenewalsThatHaveJustComeIsToPushNoMore() {
        for (int key = 1; key <= 3; key++) {
            Meta brief = Meta.of(new Hash(key), version.clock(), 60, HELLO);
            Meta renewed = Meta.of(new Hash(key), version.clock(), 120, HELLO);
            alice.pushes(brief, HELLO);
            alice.announces(renewed);
            bob.announces(renewed);
            node.pass(500);
        }
        assertThat(node.said()).filteredOn(line -> line.contains("Prune")).hasSize(1);
        alice.pushes(version, HELLO);

        assertThat(node.said()).as("that link is lazy").noneMatch(line -> line.contains("Push"));
    }

    @Test
    void whoSaysLaterWhatItHoldsStaysABranch() {
        for (int key = 1; key <= 20; key++) {
            Meta renewed = Meta.of(new Hash(key), version.clock(), 120, HELLO);
            alice.pushes(Meta.of(new Hash(key), version.clock(), 60, HELLO), HELLO);
            alice.announces(renewed);
            node.pass(1_000);
            bob.announces(renewed);
        }
        node.out();
        alice.pushes(version, HELLO);

        assertThat(node.said()).containsExactly("+KeepAlive [Push 2a hello] [Flow] to bob");
    }

    @Test
    void renewalIsTakenOverWithoutTheContentAndToldToTheOthers() {
        Meta brief = Meta.of(KEY, version.clock(), 60, HELLO);
        alice.pushes(brief, HELLO);
        node.pass(50_000);
        alice.greets();
        bob.greets();
        node.out();
        Meta renewed = Meta.of(KEY, version.clock(), 120, HELLO);
        alice.announces(renewed);
        node.pass(50);

        assertThat(node.out()).containsExactly("+KeepAlive [has 2a] to bob");
        assertThat(node.machine().store().meta(KEY)).isEqualTo(renewed);
    }

    @Test
    void removalIsAppliedAtOnceAndToldToTheOthers() {
        alice.pushes(version, HELLO);
        bob.echoes();
        node.out();
        alice.announces(Meta.removal(KEY, version.clock() + 1));

        assertThat(node.out()).containsExactly("removed 2a", "+KeepAlive [has 2a] to bob");
        assertThat(node.held(KEY)).isEqualTo("nothing");
    }
}
