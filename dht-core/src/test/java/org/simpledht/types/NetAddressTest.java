package org.simpledht.types;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NetAddressTest {

    @ParameterizedTest
    @CsvSource({
        "0.0.0.0, 0.0.0.0",
        "192.0.2.255, 192.0.2.255",
        "::, [::]",
        "::1, [::1]",
        "1::, [1::]",
        "2001:db8:0:0:1:0:0:1, [2001:db8::1:0:0:1]",
        "2001:0db8::0001, [2001:db8::1]",
        "2001:db8:0:1:1:1:1:1, [2001:db8:0:1:1:1:1:1]",
        "2001:0:0:1:0:0:0:1, [2001:0:0:1::1]",
        "2001:DB8::ABCD, [2001:db8::abcd]",
        "1:2:3:4:5:6:0:0, [1:2:3:4:5:6::]",
        "0:0:3:4:5:6:7:8, [::3:4:5:6:7:8]",
        "0:2:3:4:5:6:7:0, [0:2:3:4:5:6:7:0]",
        "fe80::1:0:0:0, [fe80::1:0:0:0]",
        "1:2:3:4:5:6:7:8, [1:2:3:4:5:6:7:8]",
        "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff, [ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff]"
    })
    void addressesAreWrittenAsPeopleWriteThem(String literal, String shown) {
        assertThat(address(literal, 4_000)).hasToString(shown + ":4000");
    }

    @Test
    void mappedIpv4IsThatIpv4() {
        byte[] mapped = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1, 127, 0, 0, 1};

        assertThat(NetAddress.of(mapped, 9))
                .isEqualTo(address("127.0.0.1", 9))
                .hasSameHashCodeAs(address("127.0.0.1", 9))
                .hasToString("127.0.0.1:9");
        assertThat(NetAddress.of(mapped, 9).isV6()).isFalse();
        assertThat(NetAddress.of(mapped, 9).address()).containsExactly(127, 0, 0, 1);
    }

    @Test
    void compatibleIpv4IsNotThatIpv4() {
        byte[] compatible = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 127, 0, 0, 1};

        assertThat(NetAddress.of(compatible, 9)).isNotEqualTo(address("127.0.0.1", 9));
    }

    @Test
    void wildcardsOfBothFamiliesDiffer() {
        assertThat(address("::", 1)).isNotEqualTo(address("0.0.0.0", 1));
        assertThat(address("::", 1).isWildcard()).isTrue();
        assertThat(address("0.0.0.0", 1).isWildcard()).isTrue();
        assertThat(address("::1", 1).isWildcard()).isFalse();
    }

    @Test
    void portIsPartOfTheAddress() {
        assertThat(address("::1", 1).withPort(2)).isEqualTo(address("::1", 2)).isNotEqualTo(address("::1", 1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"192.0.2.1", "127.0.0.1", "10.255.255.255", "223.255.255.255", "::1", "2001:db8::1", "fe80::1"})
    void hostsAddressIsUnicast(String literal) {
        assertThat(address(literal, 1).isUnicast()).isTrue();
        assertThat(address(literal, 65_535).isUnicast()).isTrue();
        assertThat(address(literal, 0).isUnicast()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "0.1.2.3",
                "224.0.0.1",
                "239.255.255.255",
                "240.0.0.1",
                "255.255.255.255",
                "::",
                "ff02::1"
            })
    void whatIsNoSingleHostIsNotUnicast(String literal) {
        assertThat(address(literal, 4_000).isUnicast()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"127.0.0.1, true", "127.255.0.9, true", "128.0.0.1, false", "::1, true", "::2, false", "1::1, false"})
    void loopbackIsKnown(String literal, boolean loopback) {
        assertThat(address(literal, 1).isLoopback()).isEqualTo(loopback);
    }

    @ParameterizedTest
    @ValueSource(strings = {"192.0.2.1", "2001:db8::1"})
    void socketAddressesConvertBothWays(String literal) {
        NetAddress address = address(literal, 4_000);

        assertThat(NetAddress.of(address.toSocketAddress())).isEqualTo(address);
        assertThat(address.toSocketAddress().isUnresolved()).isFalse();
    }

    @Test
    void unresolvedNameIsRefused() {
        InetSocketAddress unresolved = InetSocketAddress.createUnresolved("example.invalid", 1);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> NetAddress.of(unresolved))
                .withMessageContaining("example.invalid");
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 65_536})
    void portOutOfRangeIsRefused(int port) {
        assertThatIllegalArgumentException().isThrownBy(() -> NetAddress.of(new byte[4], port));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 3, 5, 15, 17})
    void lengthThatIsNoAddressIsRefused(int length) {
        assertThatIllegalArgumentException().isThrownBy(() -> NetAddress.of(new byte[length], 1));
    }

    /** The literal is not looked up: it is no name. */
    private static NetAddress address(String literal, int port) {
        try {
            return NetAddress.of(InetAddress.getByName(literal).getAddress(), port);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }
}
