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

    private long millisUntilAnother(NetAddress to, long atMillis) {
        return TimeUnit.NANOSECONDS.toMillis(puts.nanosUntilAnother(to, at(atMillis)));
    }

    @Test
    void oneMayGoToAnAddressEvery100Milliseconds() {
        assertThat(millisUntilAnother(ORIGINAL, 0)).isZero();
        puts.sent(ORIGINAL, at(0));

        assertThat(millisUntilAnother(ORIGINAL, 0)).isEqualTo(100);
        assertThat(millisUntilAnother(ORIGINAL, 60)).isEqualTo(40);
        assertThat(millisUntilAnother(other(1), 60)).isZero();
        assertThat(millisUntilAnother(ORIGINAL, 100)).isZero();
    }

    @Test
    void whatWentLatelyIsNotForgottenForAFloodOfOthers() {
        puts.sent(ORIGINAL, at(0));
        for (int i = 1; i < LastPuts.MOST_ADDRESSES; i++) {
            assertThat(millisUntilAnother(other(i), 50)).isZero();
            puts.sent(other(i), at(50));
        }

        assertThat(millisUntilAnother(other(0), 50)).isPositive();
        assertThat(millisUntilAnother(ORIGINAL, 99)).isEqualTo(1);
        assertThat(millisUntilAnother(other(0), 100)).isZero();
    }
}
