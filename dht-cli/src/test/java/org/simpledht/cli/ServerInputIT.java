package org.simpledht.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Lines of a server's input that is no terminal. */
final class ServerInputIT {

    @Test
    void linesOfItsInputAreExecutedInOrder() {
        try (Program server = Program.start("server", "127.0.0.1:0")) {
            server.type("put 2a \"two words\"\nput 2a two words\nput 2b \"open\nget 2a\n\nnope\nquit\n");

            assertThat(server.exit()).isZero();
            assertThat(server.out().lines().skip(1)).containsExactly("stored 000000000000002a, 9 bytes", "two words");
            assertThat(server.err().lines()).hasSize(3);
            assertThat(server.err()).contains("too many words", "unbalanced quote", "no such command: \"nope\"");
        }
    }

    @Test
    void lifeAndRemovalAreLinesOfItsInputAsWell() {
        try (Program server = Program.start("server", "127.0.0.1:0")) {
            server.type("put 2a --ttl\nput 2b x --ttl 1h\nremove 2a\nget 2b\nput 2c x --ttl soon\nput 2c x --ttl\n"
                    + "put 2c x --ttl 5s y\nput 2c x --ttl 2h\nremove\nflush --all\nquit\n");

            assertThat(server.exit()).isZero();
            assertThat(server.out().lines().skip(1))
                    .containsExactly(
                            "stored 000000000000002a, 5 bytes",
                            "stored 000000000000002b, 1 byte, for 3600 s",
                            "removed 000000000000002a",
                            "x");
            assertThat(server.err().lines()).hasSize(6);
            assertThat(server.err())
                    .contains(
                            "not a ttl: \"soon\"; write 30s",
                            "too few words; write put <hash> <content> [--ttl <time>]",
                            "too many words, from \"y\" on; write put <hash> <content> [--ttl <time>]",
                            "at most max-lease",
                            "too few words; write remove <hash>",
                            "too many words, from \"--all\" on; write flush");
        }
    }

    @Test
    void flushSaysWhetherTheNeighboursHaveIt() {
        try (Program a = Program.start("server", "127.0.0.1:0", "--timeout", "1s");
                Program b = Program.start("server", "127.0.0.1:0", "--json")) {
            a.type("put 2a x\nflush\n").says("stored");
            Awaitility.await().until(() -> a.err().contains("not flushed: within 1000 ms"));
            b.says("\n");
            a.type("discover " + b.out().replaceAll("(?s).*udp://([^\"]*).*", "$1") + "\n");
            b.says("\"content\":\"x\"");

            a.type("put 2a y\nflush\n").says("every neighbour holds what was put here");
            b.says("\"content\":\"y\"");
        }
    }

    @Test
    void everyAddressHasItsLineBeforeAnythingElse() {
        try (Program server = Program.start("server", "udp://127.0.0.1:0", "tcp://127.0.0.1:0", "udp://127.0.0.1:0")) {
            server.type("put 2a x\nquit\n");

            assertThat(server.exit()).isZero();
            assertThat(server.out())
                    .matches("listening on udp 127\\.0\\.0\\.1:[1-9][0-9]*\n"
                            + "listening on tcp 127\\.0\\.0\\.1:[1-9][0-9]*\n"
                            + "listening on udp 127\\.0\\.0\\.1:[1-9][0-9]*\n"
                            + "stored 000000000000002a, 1 byte\n");
        }
    }

    @Test
    void endOfInputDoesNotEndTheServer() {
        try (Program server = Program.start("server", "127.0.0.1:0")) {
            server.type("put 2a x\n").endInput();
            server.says("stored");
            try (Program get = Program.run("client", server.address(), "get", "2a")) {
                assertThat(get.out()).isEqualTo("x");
            }
            assertThat(server.isAlive()).isTrue();
        }
    }
}
