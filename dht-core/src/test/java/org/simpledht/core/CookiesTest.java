package org.simpledht.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.simpledht.protocol.SipHash24;
import org.simpledht.types.NetAddress;

class CookiesTest {

    private static final NetAddress THERE = MachineFixture.address(1);

    private final Cookies cookies = cookies(1);

    private static Cookies cookies(int secret) {
        byte[] bytes = new byte[SipHash24.KEY_BYTES];
        bytes[0] = (byte) secret;
        return new Cookies(new SipHash24(bytes), at(0));
    }

    private static Now at(long seconds) {
        return new Now(MachineFixture.START.nanos() + NodeFixture.seconds(seconds), 0);
    }

    @Test
    void countsInItsMinuteAndTheNext() {
        long cookie = cookies.of(THERE, at(59));

        assertThat(cookies.isOf(THERE, cookie, at(0))).isTrue();
        assertThat(cookies.isOf(THERE, cookie, at(119))).isTrue();
        assertThat(cookies.isOf(THERE, cookie, at(120))).isFalse();
        assertThat(cookies.of(THERE, at(60))).isNotEqualTo(cookie);
    }

    @Test
    void isThatOfOneAddressAndPort() {
        long cookie = cookies.of(THERE, at(0));

        assertThat(cookies.isOf(MachineFixture.address(2), cookie, at(0))).isFalse();
        assertThat(cookies.isOf(THERE.withPort(4_001), cookie, at(0))).isFalse();
        assertThat(cookies.isOf(MachineFixture.address6(1), cookie, at(0))).isFalse();
    }

    @Test
    void dependsOnTheSecret() {
        assertThat(cookies(2).isOf(THERE, cookies.of(THERE, at(0)), at(0))).isFalse();
    }

    @Test
    void nothingIsNoCookie() {
        assertThat(cookies.isOf(THERE, 0, at(0))).isFalse();
    }
}
