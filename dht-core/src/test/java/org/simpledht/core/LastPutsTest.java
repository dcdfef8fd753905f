package org.simpledht.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.simpledht.types.NetAddress;

class LastPutsTest {

    private static final NetAddress ORIGINAL = MachineFixture.address(1);

    private final LastPuts puts = new LastPuts();

    private static Now at(long millis) {
        return new Now(MachineFixture.START.nanos() + TimeUnit.MILLISECONDS.toNanos(millis), 0);
    }

    private static NetAddress other(int number) {
        return NetAddress.of(new byte[] {10, 1, (byte) (number >> 8), (byte) number}, 4_000);
    }

    @Test
    void thirdOneMayGoWhenTheFirstIs100MillisecondsAgo() {
        puts.sent(ORIGINAL, at(0));
        assertThat(puts.allowAnother(ORIGINAL, at(30))).isTrue();
        puts.sent(ORIGINAL, at(30));

        assertThat(puts.allowAnother(ORIGINAL, at(99))).isFalse();
        assertThat(puts.allowAnother(ORIGINAL, at(100))).isTrue();
        puts.sent(ORIGINAL, at(100));
        assertThat(puts.allowAnother(ORIGINAL, at(129))).isFalse();
        assertThat(puts.allowAnother(ORIGINAL, at(130))).isTrue();
    }

    @Test
    void whatWentLatelyIsNotForgottenForAFloodOfOthers() {
        puts.sent(ORIGINAL, at(0));
        puts.sent(ORIGINAL, at(0));
        for (int i = 1; i < LastPuts.MOST_ADDRESSES; i++) {
            assertThat(puts.allowAnother(other(i), at(50))).isTrue();
            puts.sent(other(i), at(50));
        }

        assertThat(puts.allowAnother(other(0), at(50))).isFalse();
        assertThat(puts.allowAnother(ORIGINAL, at(99))).isFalse();
        assertThat(puts.allowAnother(other(0), at(100))).isTrue();
    }
}
