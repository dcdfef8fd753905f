package org.simpledht.examples.scale.model;

import java.util.Arrays;

/** Lists of addresses on their way, each with its length before it; a list that has arrived makes room for another. */
final class Blocks {

    static final int NONE = -1;

    private final int stride;
    private int[] numbers;
    private int free = NONE;
    private int used;

    Blocks(int most) {
        stride = most + 1;
        numbers = new int[stride << 6];
    }

    int take() {
        int block = free;
        if (block != NONE) {
            free = numbers[block];
        } else {
            if (used + stride > numbers.length) {
                numbers = Arrays.copyOf(numbers, 2 * numbers.length);
            }
            block = used;
            used += stride;
        }
        numbers[block] = 0;
        return block;
    }

    void add(int block, int number) {
        numbers[block + ++numbers[block]] = number;
    }

    boolean contains(int block, int number) {
        for (int i = 1; i <= numbers[block]; i++) {
            if (numbers[block + i] == number) {
                return true;
            }
        }
        return false;
    }

    int size(int block) {
        return numbers[block];
    }

    int of(int block, int index) {
        return numbers[block + 1 + index];
    }

    void free(int block) {
        numbers[block] = free;
        free = block;
    }
}
