package org.simpledht.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What must be found step by step is found, as each step shows in what is counted. */
class InputMillTest {

    private static final byte[] SECRET = "dht".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    private static final long EXECUTIONS = 400_000;

    @Test
    void whatIsCountedLeadsToTheFault() {
        InputMill mill = new InputMill(bytes -> Map.of("right." + right(bytes), 1L), List.of(new byte[10]), 1);
        mill.run(EXECUTIONS);

        assertThat(mill.failures()).hasSize(10).allMatch(bytes -> rightUpTo(bytes) == SECRET.length);
        assertThat(mill.kept()).isBetween(SECRET.length, 20);
    }

    @Test
    void whatIsNotCountedDoesNot() {
        InputMill mill = new InputMill(bytes -> Map.of("right." + right(bytes) * 0, 1L), List.of(new byte[10]), 1);
        mill.run(EXECUTIONS);

        assertThat(mill.failures()).isEmpty();
    }

    @Test
    void sameSeedTriesTheSame() {
        assertThat(tried(3)).isEqualTo(tried(3)).isNotEqualTo(tried(4));
    }

    private static List<String> tried(long seed) {
        List<String> tried = new ArrayList<>();
        InputMill.Target target = bytes -> {
            tried.add(java.util.Arrays.toString(bytes));
            return Map.of("length", (long) bytes.length);
        };
        new InputMill(target, List.of(new byte[] {1, 2, 3}), seed).run(100);
        return tried;
    }

    private static int right(byte[] bytes) {
        int right = rightUpTo(bytes);
        if (right == SECRET.length) {
            throw new IllegalStateException("found");
        }
        return right;
    }

    private static int rightUpTo(byte[] bytes) {
        int right = 0;
        while (right < SECRET.length && right < bytes.length && bytes[right] == SECRET[right]) {
            right++;
        }
        return right;
    }
}
