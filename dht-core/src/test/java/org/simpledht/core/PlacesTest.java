package org.simpledht.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.simpledht.core.MachineFixture.GREETING;
import static org.simpledht.protocol.Message.KEEP_ALIVE;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.simpledht.protocol.Extension.Header;
import org.simpledht.protocol.LinkRecord;
import org.simpledht.types.NetAddress;

/** Of the places few are for those of one subnet, and not all are for those who ask. */
class PlacesTest {

    private final NodeFixture node = new NodeFixture();
    private final List<Far> present = new ArrayList<>();

    @Test
    void sixAtMostHaveAPlaceSinceTheyAskedAndOthersAreChosen() {
        for (int subnet = 1; subnet <= 6; subnet++) {
            come(at(subnet, 1)).greets();
        }
        node.out();
        Far seventh = come(at(7, 1));
        seventh.greets();
        assertThat(node.out()).contains("+KeepAlive NO_ROOM [Hello 4000] to " + seventh.name());
        assertThat(node.sizes().peers()).isEqualTo(6);

        stayFor(1_100);
        assertThat(node.out()).contains("+KeepAlive [Hello 4000] to " + seventh.name());
        seventh.greets();
        assertThat(node.sizes().peers()).isEqualTo(7);
    }

    @Test
    void onAPrivateNetworkWhoeverAsksHasAPlace() {
        for (int i = 0; i < 10; i++) {
            node.udp("x" + i).greets();
        }

        assertThat(node.sizes().peers()).isEqualTo(10);
    }

    @Test
    void ofOneSubnetTwoAreNeighboursOnceThereAreSixOthers() {
        for (int i = 1; i <= 8; i++) {
            come(at(1, i)).greets();
        }
        assertThat(node.sizes().peers()).as("better than nobody").isEqualTo(6);
        for (int subnet = 2; subnet <= 5; subnet++) {
            come(at(subnet, 1)).greets();
            stayFor(1_000);
        }

        assertThat(ofSubnet(1)).isEqualTo(2);
        assertThat(node.sizes().peers()).isEqualTo(6);
    }

    @Test
    void whoBegsDrivesOutNobodyThatWasChosenAndNoneIfItsSubnetHasEnough() {
        for (int subnet = 1; subnet <= 6; subnet++) {
            come(at(subnet, 1)).greets();
        }
        for (int subnet = 7; subnet <= 10; subnet++) {
            Far chosen = come(at(subnet, 1));
            node.discover(chosen);
            chosen.greets();
        }
        assertThat(node.sizes().peers()).isEqualTo(10);
        for (int i = 1; i <= 5; i++) {
            come(at(11, i)).tells(Header.FLAG_PLEASE, KEEP_ALIVE, GREETING);
            stayFor(5_000);
        }

        assertThat(ofSubnet(11)).isEqualTo(2);
        for (int subnet = 7; subnet <= 10; subnet++) {
            assertThat(ofSubnet(subnet)).isEqualTo(1);
        }
    }

    @Test
    void whoHasNoPlaceAndWasNotAskedTellsOfNobody() {
        for (int subnet = 1; subnet <= 6; subnet++) {
            come(at(subnet, 1)).greets();
        }
        node.out();
        come(at(1, 2)).greets();
        come(at(1, 3))
                .tells(
                        KEEP_ALIVE,
                        GREETING,
                        new LinkRecord.Peers(List.of(at(20, 1).remote())));
        stayFor(3_000);

        assertThat(node.out()).noneMatch(line -> line.contains("198.18.20.1"));
    }

    @Test
    void subnetOfAnAddressThatIsNotPublicSaysNothing() {
        for (String text : List.of("127.0.0.1", "10.1.2.3", "172.16.0.1", "172.31.9.9", "192.168.1.1", "169.254.1.1")) {
            assertThat(Subnet.of(address(text))).as(text).isNull();
        }
        assertThat(Subnet.of(address("172.32.0.1"))).isNotNull();
        assertThat(Subnet.of(address("198.51.100.1")))
                .isEqualTo(Subnet.of(address("198.51.100.254")))
                .isNotEqualTo(Subnet.of(address("198.51.101.1")));
        assertThat(Subnet.of(address6(0x2001, 0xdb8, 1, 5)))
                .isEqualTo(Subnet.of(address6(0x2001, 0xdb8, 1, 6)))
                .isNotEqualTo(Subnet.of(address6(0x2001, 0xdb8, 2, 5)));
        assertThat(Subnet.of(address6(0xfd00, 1, 2, 3))).isNull();
        assertThat(Subnet.of(address6(0xfe80, 0, 0, 0))).isNull();
        assertThat(Subnet.of(address6(0, 0, 0, 0))).as("::1").isNull();
    }

    private Far come(Path path) {
        Far far = node.neighbour(path.remote().toString(), path);
        present.add(far);
        return far;
    }

    /** They all speak each second. */
    private void stayFor(long millis) {
        for (long left = millis; left > 0; left -= 1_000) {
            present.forEach(far -> far.tells(KEEP_ALIVE));
            node.pass(Math.min(left, 1_000));
        }
    }

    private long ofSubnet(int subnet) {
        return node.machine().peers(node.now()).stream()
                .filter(peer -> peer.path().remote().toString().startsWith("198.18." + subnet + "."))
                .count();
    }

    private static Path at(int subnet, int last) {
        return new Path(0, address("198.18." + subnet + "." + last));
    }

    private static NetAddress address(String text) {
        byte[] bytes = new byte[4];
        String[] parts = text.split("\\.");
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) Integer.parseInt(parts[i]);
        }
        return NetAddress.of(bytes, 4000);
    }

    private static NetAddress address6(int... first) {
        byte[] bytes = new byte[16];
        for (int i = 0; i < first.length; i++) {
            bytes[2 * i] = (byte) (first[i] >> 8);
            bytes[2 * i + 1] = (byte) first[i];
        }
        bytes[15] = 1;
        return NetAddress.of(bytes, 4000);
    }
}
