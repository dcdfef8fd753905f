package org.simpledht.examples.scale.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BookTest {

    private final Dice dice = new Dice(1);
    private final Book book = new Book(2, 3);

    @Test
    void eachNodeHasItsOwnPage() {
        book.add(0, 7, dice);
        assertThat(book.contains(0, 7)).isTrue();
        assertThat(book.contains(1, 7)).isFalse();
        assertThat(book.random(1, dice)).isEqualTo(Book.NOBODY);
    }

    @Test
    void nobodyIsInItTwice() {
        assertThat(book.add(0, 7, dice)).isTrue();
        assertThat(book.add(0, 7, dice)).isFalse();
        assertThat(book.size(0)).isEqualTo(1);
    }

    @Test
    void whenItIsFullSomebodyGivesWay() {
        for (int address = 0; address < 10; address++) {
            book.add(0, address, dice);
        }
        assertThat(book.size(0)).isEqualTo(3);
        assertThat(book.contains(0, 9)).isTrue();
    }

    @Test
    void whoIsRemovedIsGone() {
        book.add(0, 7, dice);
        book.add(0, 8, dice);
        assertThat(book.remove(0, 7)).isTrue();
        assertThat(book.remove(0, 7)).isFalse();
        assertThat(book.random(0, dice)).isEqualTo(8);
    }
}
