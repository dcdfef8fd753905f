package org.simpledht.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.function.LongFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.simpledht.core.store.SmallWorld.Setting;
import org.simpledht.core.store.SmallWorld.Write;
import org.simpledht.types.Content;

/** Everything that can happen to a few writes at two or three nodes; and that it would show if the store were broken. */
class NoResurrectionTest {

    private static final long LONGEST = 2_000;
    private static final Write LASTING = new Write(Content.ofText("lasting"), 2, true);
    private static final Write ANOTHER = new Write(Content.ofText("another"), 2, true);
    private static final Write SHORT = new Write(Content.ofText("short"), 1, false);
    private static final Write REMOVAL = new Write(null, 0, false);

    private static final Setting ONE_CLOCK = two(0, 0, 1_000, SHORT);

    static List<Setting> settings() {
        return List.of(
                ONE_CLOCK,
                two(250, 250, 700, ANOTHER),
                two(250, 250, 700, SHORT),
                two(250, 550, 700, ANOTHER),
                two(250, -900, 700, SHORT),
                new Setting(List.of(0L, 5_000L), LONGEST, 700, List.of(LASTING, SHORT, REMOVAL), 3, 4, 14),
                three(0, 0, 0),
                three(0, 300, -900));
    }

    private static Setting two(long skew, long otherSkew, long stepMillis, Write second) {
        return new Setting(List.of(skew, otherSkew), LONGEST, stepMillis, List.of(LASTING, second, REMOVAL), 3, 4, 8);
    }

    private static Setting three(long... skews) {
        List<Long> all = List.of(skews[0], skews[1], skews[2]);
        return new Setting(all, LONGEST, 1_000, List.of(LASTING, SHORT, REMOVAL), 2, 2, 6);
    }

    @ParameterizedTest(name = "{index}")
    @MethodSource("settings")
    void whatIsOlderThanWhatANodeHasAppliedIsNeverVisibleThereAgain(Setting setting) {
        assertThat(new SmallWorld(StoreTable::new, setting).explore()).isGreaterThan(25_000);
    }

    @Test
    void endedValueThatIsForgottenAtItsOwnEndIsNoticed() {
        isNoticed(new PatchedStore(
                Lease.class,
                "return Math.max(endMillis(clock, life), (clock >>> CLOCK_COUNTER_BITS) + longestMillis);",
                "return life == 0 ? (clock >>> CLOCK_COUNTER_BITS) + longestMillis : endMillis(clock, life);"));
    }

    @Test
    void tombstoneThatIsHeldOneTickShorterThanTheLeaseIsNoticed() {
        isNoticed(new PatchedStore(
                Lease.class,
                "(clock >>> CLOCK_COUNTER_BITS) + longestMillis)",
                "(clock >>> CLOCK_COUNTER_BITS) + longestMillis - 1_000)"));
    }

    @Test
    void renewalWithANewClockIsNoticed() {
        isNoticed(new PatchedStore(
                Store.class,
                "new Meta(held.key(), held.clock(),",
                "new Meta(held.key(), clock.next(physicalMillis, held.clock()),"));
    }

    @Test
    void renewalThatIsRoundedUpIsNoticed() {
        LongFunction<Table> broken = new PatchedStore(
                Lease.class, "floorDiv(remaining, MILLIS_PER_SECOND)", "floorDiv(remaining + 999, MILLIS_PER_SECOND)");
        isNoticed(broken, two(250, 250, 700, SHORT));
    }

    @Test
    void orderByClockAloneIsNoticed() {
        isNoticed(new PatchedStore(
                Store.class, "meta.compareVersion(before.meta())", "Long.compareUnsigned(meta.clock(), before.clock)"));
    }

    @Test
    void patchThatChangesNothingIsFine() {
        LongFunction<Table> same = new PatchedStore(Store.class, "public Meta renewed(", "public Meta  renewed(");
        Setting setting = two(250, -900, 700, SHORT);
        assertThat(new SmallWorld(same, setting).explore())
                .isEqualTo(new SmallWorld(StoreTable::new, setting).explore());
    }

    private static void isNoticed(LongFunction<Table> broken) {
        isNoticed(broken, ONE_CLOCK);
    }

    private static void isNoticed(LongFunction<Table> broken, Setting setting) {
        assertThatThrownBy(() -> new SmallWorld(broken, setting).explore()).isInstanceOf(SmallWorld.Broken.class);
    }
}
