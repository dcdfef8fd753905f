package org.simpledht.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.simpledht.core.MachineFixture.HELLO;
import static org.simpledht.core.MachineFixture.KEY;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.simpledht.types.Hash;
import org.simpledht.types.NetAddress;

/** Many sources that look like originals: sixteen of them are kept informed, the others are served. */
class ManyOriginalsTest {

    private static final int KEPT_INFORMED = 16;
    private static final int RECENT = 150;

    private final NodeFixture node = new NodeFixture();
    private final List<Far> originals = new ArrayList<>();

    @Test
    void sixteenArePutWhatTheyDoNotFetch() {
        meet(20);
        node.put(KEY, HELLO);
        List<String> said = live(12);

        assertThat(said.stream().filter(line -> line.startsWith("IHave 2a "))).hasSize(20);
        assertThat(addresseesOfPuts(said)).containsExactlyInAnyOrderElementsOf(names(0, KEPT_INFORMED));
    }

    @Test
    void furtherOnesAreAnsweredAsCarefully() {
        List<Hash> hashes = List.of(new Hash(1), new Hash(2), new Hash(3));
        meet(20);
        hashes.forEach(hash -> node.put(hash, HELLO));
        node.out();
        hashes.forEach(originals.get(19)::gets);
        assertThat(node.said()).containsExactly("Put 1 hello to original 19");
        originals.get(19).has(new Hash(1));
        node.pass(150);

        assertThat(node.said()).containsExactly("Put 2 hello to original 19");
    }

    @Test
    void placeOfOneThatIsGoneIsTaken() {
        meet(KEPT_INFORMED + 1);
        Far last = originals.remove(KEPT_INFORMED);
        originals.clear();
        originals.add(last);
        live(13);
        node.put(KEY, HELLO);

        assertThat(addresseesOfPuts(live(12))).containsExactly(last.name());
    }

    @Test
    void aThousandQuietOnesCostNoMorePutsThanSixteen() {
        for (int i = 0; i < RECENT; i++) {
            node.put(new Hash(i), HELLO);
        }
        meet(1_000);
        List<String> said = live(18);

        assertThat(addresseesOfPuts(said)).hasSize(KEPT_INFORMED);
        // One at a time, and since none is acknowledged, one and a half seconds apart.
        assertThat(said.stream().filter(line -> line.contains("Put "))).hasSizeLessThanOrEqualTo(KEPT_INFORMED * 18);
    }

    @Test
    void whatIsDueIsRememberedUntilSomethingChanges() {
        Ward ward = new Ward(new LastPuts(), MachineFixture.address(9), node.now());
        ward.keepInformed();
        ward.keepFresh(KEY, node.now().nanos() + NodeFixture.seconds(20));
        long first = ward.nanosUntilTick(node.now());
        node.sleep(5_000);
        long later = ward.nanosUntilTick(node.now());
        ward.keepFresh(KEY, node.now().nanos() + NodeFixture.seconds(1));

        assertThat(first).isEqualTo(NodeFixture.seconds(20));
        assertThat(later).isEqualTo(NodeFixture.seconds(15));
        assertThat(ward.nanosUntilTick(node.now())).isEqualTo(NodeFixture.seconds(1));
    }

    private void meet(int count) {
        for (int i = 0; i < count; i++) {
            byte[] address = {10, 0, (byte) (i >> 8), (byte) i};
            originals.add(node.neighbour("original " + i, new Path(MachineFixture.UDP, NetAddress.of(address, 4000))));
        }
        originals.forEach(Far::keepsAlive);
        node.pass(4_000);
        originals.forEach(Far::keepsAlive);
        node.out();
    }

    private List<String> live(int seconds) {
        List<String> said = new ArrayList<>();
        for (int i = 0; i < seconds; i++) {
            node.pass(1_000);
            originals.forEach(Far::keepsAlive);
            said.addAll(node.said());
        }
        return said;
    }

    private static Set<String> addresseesOfPuts(List<String> said) {
        return said.stream()
                .filter(line -> line.matches("\\+?Put .*"))
                .map(line -> line.substring(line.indexOf(" to ") + 4))
                .collect(Collectors.toSet());
    }

    private List<String> names(int from, int to) {
        return originals.subList(from, to).stream().map(Far::name).toList();
    }
}
