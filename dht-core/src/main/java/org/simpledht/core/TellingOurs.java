package org.simpledht.core;

import java.util.List;
import java.util.Optional;
import org.simpledht.protocol.ContentDigest;
import org.simpledht.protocol.ExtensionRecord;
import org.simpledht.protocol.Frame;
import org.simpledht.protocol.Message;
import org.simpledht.protocol.Meta;
import org.simpledht.types.Content;
import org.simpledht.types.Hash;

/**
 * A write that an original does not understand: it knows neither lives nor removals. So the node is asked first, and told
 * when it has shown that it is one of ours. The same frame asks what it holds then, so that the answer is definite.
 */
sealed interface TellingOurs extends Question {

    Hash hash();

    /** Says the write, and asks what came of it. */
    void tell(Path to, long nodeIdThere, ExtensionRecord question, Sender sender, Now now);

    /** Whether the node has done it, if it has processed it and holds this. */
    boolean isDone(Meta held);

    /** Why an original is not told. */
    String beyondOriginals();

    @Override
    default void say(Path to, Attempt attempt, Sender sender, Now now) {
        if (mayTell(attempt, now)) {
            attempt.tell(now);
            tell(to, attempt.nodeId(), attempt.nonce().ask(hash()), sender, now);
        } else {
            sender.records(to, attempt.nonce().ask(hash()), now);
        }
    }

    @Override
    default boolean tells(Path to, Attempt attempt, Now now) {
        // No original, which is not told.
        return false;
    }

    private static boolean mayTell(Attempt attempt, Now now) {
        return attempt.isOurs(now) && !attempt.mustAskWhoIsThere();
    }

    @Override
    default Outcome hear(Path from, Attempt attempt, Frame frame, Now now) {
        if (attempt.told() == 0) {
            if (mayTell(attempt, now)) {
                attempt.hurry();
            }
            boolean isOriginal = attempt.isSilentNo(now);
            return isOriginal ? Outcome.of(Outcome.Kind.DECLINED, beyondOriginals()) : null;
        }
        Optional<Meta> held = Question.answer(frame, attempt, hash());
        if (held.isEmpty()) {
            return null;
        }
        return isDone(held.get())
                ? Outcome.of(Outcome.Kind.DONE)
                : Outcome.of(Outcome.Kind.DECLINED, "it does not store it; its table may be full");
    }

    /**
     * Wants a content to live so long and no longer.
     *
     * @param lifeSeconds unsigned, not 0
     */
    record Put(Hash hash, Content content, int lifeSeconds) implements TellingOurs {

        @Override
        public void tell(Path to, long nodeIdThere, ExtensionRecord question, Sender sender, Now now) {
            // Clock 0: its addressee stamps it.
            List<ExtensionRecord> records = List.of(new ExtensionRecord.Stamp(0, lifeSeconds), question);
            sender.addressed(to, nodeIdThere, new Message.Put(hash, content), 0, records, now);
        }

        @Override
        public boolean isDone(Meta held) {
            return held.digest() == ContentDigest.of(content);
        }

        @Override
        public String beyondOriginals() {
            return "it is an original of 2017, which knows no ttl: put without one; it forgets a value 30 seconds after"
                    + " its last put";
        }
    }

    /** Wants nothing to be there any more. */
    record Removal(Hash hash) implements TellingOurs {

        @Override
        public void tell(Path to, long nodeIdThere, ExtensionRecord question, Sender sender, Now now) {
            List<ExtensionRecord> records = List.of(new ExtensionRecord.Metas(List.of(Meta.nothing(hash))), question);
            sender.addressed(to, nodeIdThere, Message.KEEP_ALIVE, 0, records, now);
        }

        @Override
        public boolean isDone(Meta held) {
            return held.digest() == 0;
        }

        @Override
        public String beyondOriginals() {
            return "it is an original of 2017, which cannot remove; it forgets a value 30 seconds after its last put";
        }
    }
}
