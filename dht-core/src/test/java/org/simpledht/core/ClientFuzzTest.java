package org.simpledht.core;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.simpledht.protocol.Frame;
import org.simpledht.protocol.Meta;
import org.simpledht.types.Hash;

/** Whatever happens to a client, nothing is thrown, and each of its requests ends once, and in time. */
class ClientFuzzTest {

    @FuzzTest
    void anySequenceOfEvents(byte[] bytes) {
        if (bytes.length > 0) {
            new FuzzedClient(bytes).live();
        }
    }

    /** The same, and what was counted. */
    static Map<String, Long> counted(byte[] bytes) {
        FuzzedClient machine = new FuzzedClient(bytes);
        machine.live();
        return machine.counted();
    }

    private static final class FuzzedClient extends FuzzedMachine {

        private static final int MOST_CALLS = 400;
        private static final int MOST_VALUE_BYTES = 50_000;

        private static final TableBounds TABLES =
                TableBounds.ofClient(MachineFixture.BINDINGS.size(), MOST_CALLS, MOST_VALUE_BYTES);

        private final Client client = new Client(
                NodeFixture.OWN_ID,
                MachineFixture.BINDINGS,
                Optional.empty(),
                MOST_VALUE_BYTES,
                ClientFixture.SECRET,
                new SplittableRandom(1),
                MachineFixture.START);

        /** The ends of requests that are going on, by their tickets. */
        private final Map<Long, Long> deadlines = new HashMap<>();

        private long tickets;

        FuzzedClient(byte[] bytes) {
            super(bytes);
        }

        @Override
        Machine machine() {
            return client;
        }

        @Override
        Meta held(Hash key) {
            return Meta.nothing(key);
        }

        @Override
        void happen(int kind) {
            long timeoutNanos = TimeUnit.MILLISECONDS.toNanos(1 + input.octet() * 20L);
            long ticket = ++tickets;
            deadlines.put(ticket, now().nanos() + timeoutNanos);
            List<Path> asked = input.flag() ? List.of(far().path()) : List.of(far().path(), far().path());
            Hash key = frames.key();
            switch (kind) {
                case 0, 1 -> client.put(ticket, asked, key, frames.content(), timeoutNanos, now());
                case 2 -> client.put(ticket, asked, key, frames.content(), 1 + input.octet(), timeoutNanos, now());
                case 3 -> client.remove(ticket, asked, key, timeoutNanos, now());
                case 4 -> client.discover(ticket, asked, List.of(frames.address()), timeoutNanos, now());
                default -> client.get(ticket, asked, key, timeoutNanos, now());
            }
        }

        @Override
        void lookAtEnd() {
            TABLES.check(client);
        }

        @Override
        void comes(Path from, ByteBuffer bytes) {
            // A client heeds nobody but those whom it asks.
        }

        @Override
        void went(Path to, Frame frame, int bytes) {
            // It tells others what the user wants, whoever they are.
        }

        @Override
        void look() {
            if (!hasJustTicked()) {
                return;
            }
            for (long deadline : deadlines.values()) {
                require(now().nanos() - deadline < 0, "a request goes on after its time");
            }
        }

        @Override
        public void finished(long ticket, Outcome outcome) {
            said(outcome.kind());
            require(deadlines.remove(ticket) != null, "a request ends twice");
        }
    }
}
