package org.simpledht;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.nio.channels.SelectionKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.simpledht.protocol.Extension;
import org.simpledht.protocol.Extension.Header;
import org.simpledht.protocol.Frame;
import org.simpledht.protocol.FrameCodec;
import org.simpledht.protocol.Message;
import org.simpledht.transport.Transport;
import org.simpledht.transport.TransportContext;
import org.simpledht.transport.TransportProvider;
import org.simpledht.types.Content;
import org.simpledht.types.Hash;
import org.simpledht.types.NetAddress;

/** How much comes and goes in one turn of a node's loop. The turns are made by hand. */
class TurnTest {

    private static final Hash LARGE = Hash.ofText("large");
    private static final int LARGE_BYTES = 60_000;

    /** More bytes than those of its content has no answer. */
    private static final int ANSWER_BYTES = LARGE_BYTES + 100;

    private final ByHand runtime = new ByHand();
    private Dht dht;

    @BeforeEach
    void start() {
        dht = Dht.start(DhtConfig.builder().bind("127.0.0.1:4000").build(), runtime);
    }

    @AfterEach
    void close() {
        dht.close();
    }

    private void holdLarge() {
        dht.putAsync(LARGE, Content.of(new byte[LARGE_BYTES]));
        runtime.turn();
    }

    @Test
    void allAreReadInATurnWhoGiveLittle() throws IOException {
        Crowd crowd = runtime.crowd(20, 10);
        runtime.turn();

        assertThat(crowd.timesRead).containsOnly(1);
    }

    @Test
    void whoGiveMuchAreReadInTurn() throws IOException {
        Crowd crowd = runtime.crowd(5, Intake.FRAMES);
        for (int turn = 1; turn <= 10; turn++) {
            runtime.turn();
            assertThat(Arrays.stream(crowd.timesRead).sum()).isEqualTo(turn);
            assertThat(Arrays.stream(crowd.timesRead)).allMatch(times -> times <= (crowd.reads() + 4) / 5);
        }
        assertThat(crowd.timesRead).containsOnly(2);
    }

    @Test
    void nobodyIsReadTwiceInATurn() throws IOException {
        SplittableRandom dice = new SplittableRandom(1);
        Crowd crowd = runtime.crowd(4, 0);
        for (int turn = 0; turn < 200; turn++) {
            Arrays.setAll(crowd.frames, i -> dice.nextInt(2) * Intake.FRAMES);
            int[] before = crowd.timesRead.clone();
            runtime.turn();
            for (int i = 0; i < before.length; i++) {
                assertThat(crowd.timesRead[i] - before[i]).isBetween(0, 1);
            }
        }
    }

    @Test
    void whoGivesLittleIsReadInEachTurnWhileOthersWait() throws IOException {
        Crowd crowd = runtime.crowd(5, Intake.FRAMES);
        crowd.frames[2] = 1;
        for (int turn = 0; turn < 20; turn++) {
            runtime.turn();
        }
        assertThat(crowd.timesRead[2]).isBetween(15, 20);
        assertThat(List.of(crowd.timesRead[0], crowd.timesRead[1], crowd.timesRead[3], crowd.timesRead[4]))
                .allMatch(times -> times >= 4 && times <= 6);
    }

    @Test
    void oneWhoGivesMuchIsReadInEachTurnHoweverManyGiveLittle() throws IOException {
        int little = Intake.FRAMES / 8;
        Crowd crowd = runtime.crowd(20, little);
        crowd.frames[19] = Intake.FRAMES;
        crowd.getKnown(runtime);
        for (int turn = 0; turn < 40; turn++) {
            runtime.turn();
        }
        assertThat(crowd.timesRead[19]).isEqualTo(40);
        assertThat(Arrays.stream(crowd.timesRead).limit(19))
                .as("eight a turn")
                .allMatch(times -> times == 16 || times == 17);
    }

    @Test
    void answersLeaveBeforeMoreIsRead() throws IOException {
        holdLarge();
        Crowd crowd = runtime.crowd(50, 1);
        crowd.getKnown(runtime);
        for (int turn = 0; turn < 50; turn++) {
            runtime.sentBytes = 0;
            runtime.turn();
            assertThat(runtime.sentBytes).isBetween(LARGE_BYTES, Intake.ANSWER_BYTES + 2 * ANSWER_BYTES);
        }
        assertThat(crowd.timesRead).as("18 a turn").containsOnly(18);
    }

    @Test
    void answerThatThereIsNoRoomForIsNotMade() throws IOException {
        holdLarge();
        runtime.isFull = true;
        runtime.crowd(5, 1);
        runtime.turn();
        assertThat(runtime.sentBytes).isZero();

        runtime.isFull = false;
        runtime.turn();
        assertThat(runtime.sentBytes).isGreaterThan(5 * LARGE_BYTES);
    }

    /** Channels that are always ready, each of another client that asks for what is large, so many times whenever it is read. */
    private static final class Crowd {
        final int[] timesRead;
        final int[] frames;
        private final TransportContext context;

        Crowd(int size, int frames, TransportContext context) throws IOException {
            timesRead = new int[size];
            this.frames = new int[size];
            this.context = context;
            Arrays.fill(this.frames, frames);
            for (int i = 0; i < size; i++) {
                int number = i;
                Pipe pipe = Pipe.open();
                pipe.sink().write(ByteBuffer.allocate(1));
                pipe.source().configureBlocking(false);
                context.register(pipe.source(), SelectionKey.OP_READ, (key, nowNanos) -> speak(number));
            }
        }

        int reads() {
            return Arrays.stream(timesRead).sum();
        }

        /** Takes as many turns as there are channels, after which all have been read, and counts anew from then on. */
        void getKnown(ByHand node) {
            for (int turn = 0; turn < timesRead.length; turn++) {
                node.turn();
            }
            assertThat(timesRead).doesNotContain(0);
            Arrays.fill(timesRead, 0);
        }

        private void speak(int number) {
            timesRead[number]++;
            NetAddress from = NetAddress.of(new byte[] {127, 0, 1, (byte) number}, 4_001);
            Header header = new Header(Header.FLAG_CLIENT, 1_000 + number, System.currentTimeMillis() << 16, 0);
            Frame frame = Frame.extended(new Message.Get(LARGE), new Extension(header, List.of()));
            ByteBuffer bytes = ByteBuffer.allocate(FrameCodec.size(frame));
            FrameCodec.encode(frame, bytes);
            for (int i = 0; i < frames[number]; i++) {
                context.received(from, bytes.rewind());
            }
        }
    }

    /** A node whose turns are made when the test says so, in the midst of a crowd. */
    private static final class ByHand extends RealThreads {
        private final List<Turns> turns = new ArrayList<>();
        private TransportContext context;
        int sentBytes;
        boolean isFull;

        Crowd crowd(int size, int frames) throws IOException {
            return new Crowd(size, frames, context);
        }

        void turn() {
            assertThat(turns.get(0).turn(true)).isNotNegative();
        }

        @Override
        public Running start(String name, boolean keepsJvmAlive, Turns started) {
            turns.add(started);
            return new Running() {
                @Override
                public void wake() {
                    // The test does that.
                }

                @Override
                public void join() {
                    started.turn(false);
                }
            };
        }

        @Override
        public TransportProvider transport(String scheme) {
            return new Opening(scheme, (bind, theContext) -> {
                context = theContext;
                return new Open(bind);
            });
        }

        private final class Open implements Transport {
            private final NetAddress local;

            Open(NetAddress local) {
                this.local = local;
            }

            @Override
            public NetAddress local() {
                return local;
            }

            @Override
            public int maxFrameBytes(NetAddress to) {
                return to.isV6() ? 0 : 65_507;
            }

            @Override
            public boolean takes(NetAddress to, int bytes) {
                return !isFull;
            }

            @Override
            public void send(NetAddress to, ByteBuffer frame) {
                sentBytes += frame.remaining();
            }

            @Override
            public void disconnect(NetAddress remote) {}

            @Override
            public void tick(long nowNanos) {}

            @Override
            public void close() {}
        }
    }
}
