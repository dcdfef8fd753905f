package org.simpledht.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.simpledht.types.NetAddress;

/** Who is asked next, and that it never grows. */
class AddressBookTest {

    private static final long MINUTE = 60_000_000_000L;

    private final AddressBook book = new AddressBook(new SplittableRandom(1));

    @Test
    void whoWasOnlyHeardOfIsAskedFirstAndOnce() {
        book.met(path(1), at(0));
        book.heardOf(path(2));

        assertThat(book.next(MINUTE, path -> true, at(MINUTE))).isEqualTo(path(2));
        assertThat(book.next(MINUTE, path -> true, at(MINUTE))).isEqualTo(path(1));
        assertThat(book.next(MINUTE, path -> true, at(MINUTE))).isNull();
    }

    @Test
    void whoWasMetIsNotAskedAgainBeforeItsTime() {
        book.met(path(1), at(0));

        assertThat(book.next(MINUTE, path -> true, at(MINUTE - 1))).isNull();
        assertThat(book.met(0)).containsExactly(path(1).remote());
        assertThat(book.met(1)).isEmpty();
    }

    @Test
    void whoWasMetIsNotMerelyHeardOf() {
        book.heardOf(path(1));
        book.met(path(1), at(0));
        book.heardOf(path(1));

        assertThat(book.size()).isEqualTo(1);
        book.forget(path(1));
        assertThat(book.size()).isZero();
    }

    @Test
    void bothListsAreBoundedAndTheOldestGoFirst() {
        for (int i = 0; i < 2_000; i++) {
            book.heardOf(path(i));
        }
        assertThat(book.size()).isEqualTo(256);
        for (int i = 5_000; i < 7_000; i++) {
            book.met(path(i), at(0));
        }

        assertThat(book.size()).isEqualTo(256 + 64);
        assertThat(book.met(0))
                .hasSize(64)
                .contains(path(6_999).remote())
                .doesNotContain(path(5_000).remote());
    }

    private static Now at(long nanos) {
        return new Now(nanos, 0);
    }

    private static Path path(int number) {
        return new Path(0, NetAddress.of(new byte[] {10, 0, (byte) (number >> 8), (byte) number}, 4000));
    }
}
