package org.simpledht;

import java.nio.channels.SelectionKey;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.function.LongSupplier;
import org.simpledht.transport.TransportContext.ChannelHandler;

/**
 * Which of the channels that are ready are read in a turn: one after the other, each once, until enough has come or enough is to be
 * answered. The others wait for the next turn; who was read the longest ago comes first.
 *
 * <p>Before all come those that gave little when they were read last. So timers, answers, and whoever asks for little do not wait for the
 * many that ask for much; and of those one at least is read in each turn.
 */
final class Intake {

    /** Frames after which nothing more is read. What one channel hands over at once is all taken. */
    static final int FRAMES = 256;

    /** Bytes that wait to be sent, after which nothing more is read. Some of the largest answers. */
    static final int ANSWER_BYTES = 1 << 20;

    /** Who gave more than this part of either is costly, and who has given nothing yet may be. */
    private static final int LITTLE = 8;

    /** What is kept of a channel, as its key's attachment. */
    static final class Source {
        private final ChannelHandler handler;
        private boolean costly = true;
        private boolean waits;
        private long readAs;
        private SelectionKey key;

        Source(ChannelHandler handler) {
            this.handler = handler;
        }
    }

    private final LongSupplier answerBytes;
    private final LongSupplier nanoTime;
    private final Queue<Source> cheap = longestAgoFirst();
    private final Queue<Source> costly = longestAgoFirst();
    private int frames;
    private long reads;

    /**
     * @param answerBytes how much waits to be sent
     */
    Intake(LongSupplier answerBytes, LongSupplier nanoTime) {
        this.answerBytes = answerBytes;
        this.nanoTime = nanoTime;
    }

    /** The system names channels in an order of its own, in which the same ones would always be first. */
    private static Queue<Source> longestAgoFirst() {
        return new PriorityQueue<>(Comparator.comparingLong(source -> source.readAs));
    }

    /** That channel is ready, perhaps still. */
    void ready(SelectionKey key) {
        Source source = (Source) key.attachment();
        if (!source.waits) {
            source.waits = true;
            source.key = key;
            (source.costly ? costly : cheap).add(source);
        }
    }

    /** A turn's worth of those that are ready. What is left in one of them makes it ready again. */
    void read() {
        frames = 0;
        while (!cheap.isEmpty() && !isEnough()) {
            readFirst(cheap);
        }
        for (boolean must = true; !costly.isEmpty() && (must || !isEnough()); must = false) {
            readFirst(costly);
        }
    }

    private void readFirst(Queue<Source> queue) {
        Source source = queue.remove();
        source.waits = false;
        source.readAs = ++reads;
        if (source.key.isValid()) {
            int framesBefore = frames;
            long bytesBefore = answerBytes.getAsLong();
            source.handler.ready(source.key, nanoTime.getAsLong());
            source.costly = frames - framesBefore > FRAMES / LITTLE
                    || answerBytes.getAsLong() - bytesBefore > ANSWER_BYTES / LITTLE;
        }
    }

    private boolean isEnough() {
        return frames >= FRAMES || answerBytes.getAsLong() >= ANSWER_BYTES;
    }

    /** A frame has come. */
    void received() {
        frames++;
    }
}
