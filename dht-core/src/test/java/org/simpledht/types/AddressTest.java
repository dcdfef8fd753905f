package org.simpledht.types;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressTest {

    @ParameterizedTest
    @CsvSource({
        "example.org:4000, udp, example.org, 4000, udp://example.org:4000",
        "127.0.0.1:0, udp, 127.0.0.1, 0, udp://127.0.0.1:0",
        "[::]:0, udp, ::, 0, udp://[::]:0",
        "[::1]:65535, udp, ::1, 65535, udp://[::1]:65535",
        "[::ffff:127.0.0.1]:1, udp, ::ffff:127.0.0.1, 1, udp://[::ffff:127.0.0.1]:1",
        "[fe80::1%eth0]:1, udp, fe80::1, 1, udp://[fe80::1]:1",
        "tcp://[::1]:9, tcp, ::1, 9, tcp://[::1]:9",
        "tcp://localhost:09, tcp, localhost, 9, tcp://localhost:9",
        "my-own+1.0://h_1:9, my-own+1.0, h_1, 9, my-own+1.0://h_1:9"
    })
    void addressesAreRead(String text, String scheme, String host, int port, String shown) {
        Address address = Address.parse(text, "udp");

        assertThat(address).isEqualTo(new Address(scheme, host, port)).hasToString(shown);
        assertThat(Address.parse(shown, "other")).isEqualTo(address);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "4000",
                ":4000",
                "host",
                "host:",
                "host:port",
                "host:-1",
                "host:65536",
                "host:123456",
                "::1:4000",
                "[::1]",
                "[]:4000",
                "[host]:4000",
                "ho st:1",
                "host:1 ",
                "udp://",
                "udp:host:1",
                "UDP://host:1",
                "1udp://host:1",
                "://host:1",
                "abcdefghijklmnopq://host:1",
                "udp://tcp://host:1",
                "host/path:1",
                "host:1\n"
            })
    void anythingElseIsRefusedWithARemedy(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Address.parse(text, "udp"))
                .withMessageMatching("not an? (address|port|transport): .*");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "UDP", "u/p"})
    void transportThatIsNoWordIsRefused(String scheme) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Address.parse("localhost:1", scheme))
                .withMessageContaining("not a transport");
    }
}
