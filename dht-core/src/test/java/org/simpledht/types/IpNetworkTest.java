package org.simpledht.types;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IpNetworkTest {

    @ParameterizedTest
    @CsvSource({
        "192.0.2.0/24, 192.0.2.255, true",
        "192.0.2.0/24, 192.0.3.0, false",
        "192.0.2.99/24, 192.0.2.1, true",
        "192.0.2.1, 192.0.2.1, true",
        "192.0.2.1, 192.0.2.2, false",
        "0.0.0.0/0, 203.0.113.7, true",
        "0.0.0.0/0, 2001:db8::1, false",
        "2001:db8::/32, 2001:db8:ffff::1, true",
        "2001:db8::/48, 2001:db8:1::1, false",
        "2001:db8::/96, 2001:db8::1, true",
        "2001:db8::/96, 2001:db8::1:0:1, false",
        "::1/128, ::1, true",
        "::1/128, ::2, false",
        "::/0, 2001:db8::1, true",
        "10.0.0.0/8, ::ffff:10.1.2.3, true",
    })
    void containsWhatBeginsWithTheSameBits(String network, String address, boolean contains) {
        assertThat(IpNetwork.parse(network)
                        .contains(NetAddress.parseHost(address).withPort(4_000)))
                .isEqualTo(contains);
    }

    @ParameterizedTest
    @ValueSource(strings = {"192.0.2.0/24", "0.0.0.0/0", "2001:db8::/48", "::1/128"})
    void isWrittenAsItIsRead(String text) {
        assertThat(IpNetwork.parse(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "example.org",
                "10.0.0.0/33",
                "::/129",
                "10.0.0.0/-1",
                "10.0.0.0/x",
                "10.0.0/8",
                "1234",
                "/8",
                "::g"
            })
    void anythingElseIsRefusedAndSaysWhatWouldBeRight(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> IpNetwork.parse(text))
                .withMessageContaining("192.0.2.0/24");
    }

    @Test
    void severalAreSeparatedByCommasAndNoneIsNone() {
        assertThat(IpNetwork.parseAll("127.0.0.0/8,::1/128")).isEqualTo(IpNetwork.LOOPBACK);
        assertThat(IpNetwork.parseAll(" none ")).isEqualTo(List.of());
        assertThatIllegalArgumentException().isThrownBy(() -> IpNetwork.parseAll("10.0.0.0/8,"));
    }
}
