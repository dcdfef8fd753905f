package org.simpledht.testing;

import org.junit.jupiter.api.Test;

/** What was said up to a day ago does no harm when it is heard once more. {@code -Ddht.days=100} tries so many seeds. */
class ReplayedDayTest {

    private static final int SEEDS = Integer.getInteger("dht.days", 3);

    @Test
    void replaysOfADayDoNoHarm() {
        Seeds.from(1, SEEDS).forEach(network -> new ReplayedDay(network).pass());
    }
}
