package org.simpledht.core;

import java.util.List;
import java.util.Optional;
import org.simpledht.protocol.ChunkRecord;
import org.simpledht.protocol.ContentDigest;
import org.simpledht.protocol.Extension.Header;
import org.simpledht.protocol.ExtensionRecord;
import org.simpledht.protocol.Frame;
import org.simpledht.protocol.Message;
import org.simpledht.protocol.Meta;
import org.simpledht.types.Content;
import org.simpledht.types.Hash;
import org.simpledht.types.NetAddress;

/** What a client asks, and what answers it. */
sealed interface Question permits Question.Get, Question.Put, Question.Discover, TellingOurs {

    /** Says it, for the first time or again. Who we are comes first, so that the rest does not make us somebody's peer. */
    void say(Path to, Attempt attempt, Sender sender, Now now);

    /** Whether it would say now what an original may die of when such things come close together. */
    boolean tells(Path to, Attempt attempt, Now now);

    /** What a frame from an asked path means, which was sent after the question; null if it answers nothing. */
    Outcome hear(Path from, Attempt attempt, Frame frame, Now now);

    /** What one of ours says about a key, if this frame answers the last question. */
    static Optional<Meta> answer(Frame frame, Attempt attempt, Hash key) {
        return frame.extension().stream()
                .flatMap(extension -> extension.records().stream())
                .filter(ExtensionRecord.Metas.class::isInstance)
                .flatMap(record -> attempt.nonce().answer(((ExtensionRecord.Metas) record).metas(), key).stream())
                .findFirst();
    }

    /**
     * Wants the Put with a hash, or of what no Put carries the pieces.
     *
     * @param maxValueBytes the largest content that is fetched in pieces
     */
    record Get(Hash hash, int maxValueBytes) implements Question {
        @Override
        public void say(Path to, Attempt attempt, Sender sender, Now now) {
            sender.records(to, attempt.nonce().ask(hash), now);
            if (attempt.pull() == null) {
                sender.classic(to, new Message.Get(hash), now);
            }
        }

        @Override
        public boolean tells(Path to, Attempt attempt, Now now) {
            return false;
        }

        @Override
        public Outcome hear(Path from, Attempt attempt, Frame frame, Now now) {
            if (frame.carrier() instanceof Message.Put put && put.hash().equals(hash)) {
                return Outcome.found(put.content());
            }
            Content pulled = hearPieces(attempt, frame);
            if (pulled != null) {
                return Outcome.found(pulled);
            }
            Optional<Meta> answer = answer(frame, attempt, hash);
            if (answer.isPresent()) {
                return isVisible(answer.get(), frame) ? hearHeld(attempt, answer.get()) : Outcome.of(Outcome.Kind.MISS);
            }
            boolean silentNo = attempt.isSilentNo(now);
            return silentNo ? Outcome.of(Outcome.Kind.MISS) : null;
        }

        /** What is removed, or has ended by the clock of whoever says so, is held, and nobody's to get. */
        private static boolean isVisible(Meta held, Frame frame) {
            long theirMillis =
                    HeaderClock.millis(frame.extension().orElseThrow().header().clock());
            return held.digest() != 0 && held.endMillis() > theirMillis;
        }

        private Outcome hearHeld(Attempt attempt, Meta held) {
            if (Integer.compareUnsigned(held.size(), attempt.maxContentBytes()) <= 0) {
                return null;
            }
            if (Integer.compareUnsigned(held.size(), maxValueBytes) > 0) {
                return Outcome.of(
                        Outcome.Kind.DECLINED,
                        "its content has " + Integer.toUnsignedString(held.size()) + " bytes, but at most "
                                + maxValueBytes + " are fetched; raise max-value-bytes here");
            }
            Pull pull = attempt.pull();
            if (pull == null || !pull.meta().version().equals(held.version())) {
                attempt.pull(new Pull(held, attempt.maxPieceBytes()));
            }
            return null;
        }

        /** The whole content, if this was its last piece. */
        private static Content hearPieces(Attempt attempt, Frame frame) {
            if (attempt.pull() == null || frame.extension().isEmpty()) {
                return null;
            }
            for (ExtensionRecord record : frame.extension().get().records()) {
                if (record instanceof ChunkRecord.Chunk chunk && attempt.pull().heard(chunk)) {
                    Content content = attempt.pull().content();
                    // What is spoiled is begun anew with the next answer.
                    attempt.pull(null);
                    return content;
                }
            }
            return null;
        }
    }

    /** Wants the IHave with a hash. */
    record Put(Hash hash, Content content) implements Question {

        /** One of ours refuses what it says it lacks so long after the second Put. */
        private static final long REFUSAL_NANOS = 150_000_000L;

        private static final int PUTS_BEFORE_REFUSAL = 2;

        @Override
        public void say(Path to, Attempt attempt, Sender sender, Now now) {
            if (attempt.mustAskWhoIsThere()) {
                sender.records(to, attempt.nonce().ask(hash), now);
                return;
            }
            if (attempt.told() == 0) {
                sender.extended(to, Message.KEEP_ALIVE, now);
            }
            if (tells(to, attempt, now)) {
                attempt.tell(now);
                sender.tell(to, attempt.nodeId(), new Message.Put(hash, content), now);
            }
            sender.records(to, attempt.nonce().ask(hash), now);
        }

        @Override
        public boolean tells(Path to, Attempt attempt, Now now) {
            // One of ours that has not acknowledged by now has not stored it: it cannot be harmed by a second Put.
            boolean lost = attempt.isOurs(now) && attempt.told() < PUTS_BEFORE_REFUSAL;
            return !attempt.mustAskWhoIsThere() && (lost || attempt.mayTell(now));
        }

        @Override
        public Outcome hear(Path from, Attempt attempt, Frame frame, Now now) {
            if (attempt.told() == 0) {
                // Only who is there was asked.
                attempt.hurry();
                return null;
            }
            if (frame.carrier() instanceof Message.IHave iHave && iHave.hash().equals(hash)) {
                return Outcome.of(Outcome.Kind.DONE);
            }
            Meta held = answer(frame, attempt, hash).orElse(null);
            if (held == null) {
                return null;
            }
            if (held.digest() == ContentDigest.of(content)) {
                return Outcome.of(Outcome.Kind.DONE);
            }
            boolean refused = attempt.told() >= PUTS_BEFORE_REFUSAL && attempt.sinceTold(now) >= REFUSAL_NANOS;
            return refused ? Outcome.of(Outcome.Kind.DECLINED, "it does not store it; its table may be full") : null;
        }
    }

    /**
     * Wants any sign of life after having told.
     *
     * @param addresses of the node to be told of; one is told
     */
    record Discover(List<NetAddress> addresses) implements Question {
        @Override
        public void say(Path to, Attempt attempt, Sender sender, Now now) {
            if (attempt.told() == 0) {
                sender.extended(to, Message.KEEP_ALIVE, now);
            }
            if (tells(to, attempt, now)) {
                attempt.tell(now);
                sender.tell(to, attempt.nodeId(), new Message.Discover(tellable(to, attempt, now)), now);
            }
            sender.extended(to, Message.KEEP_ALIVE, Header.FLAG_PROBE, List.of(), now);
        }

        @Override
        public boolean tells(Path to, Attempt attempt, Now now) {
            return !attempt.mustAskWhoIsThere() && tellable(to, attempt, now) != null && attempt.mayTell(now);
        }

        /** An original dies of an address that its socket cannot reach; of its own family it can reach any. Null if there is none. */
        private NetAddress tellable(Path to, Attempt attempt, Now now) {
            for (NetAddress address : addresses) {
                if (address.isV6() == to.remote().isV6()) {
                    return address;
                }
            }
            return attempt.isOurs(now) ? addresses.get(0) : null;
        }

        @Override
        public Outcome hear(Path from, Attempt attempt, Frame frame, Now now) {
            if (attempt.told() > 0) {
                return Outcome.of(Outcome.Kind.DONE);
            }
            if (attempt.knowsWhoIsThere()) {
                attempt.hurry();
            }
            boolean nothingToTell = attempt.isSilentNo(now);
            return nothingToTell
                    ? Outcome.of(
                            Outcome.Kind.DECLINED,
                            "it is an original, which an address of another family than its own would kill")
                    : null;
        }
    }
}
