package org.simpledht.core;

import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.simpledht.protocol.ExtensionRecord;
import org.simpledht.protocol.Meta;
import org.simpledht.types.Hash;

/**
 * Tells the answer to a question from the answer to an earlier one that was late: beside the key that is meant, a question
 * names a random one, and only Metas that name it too are the answer. The simulator showed why: a miss that had been on its
 * way for long answered the get after the next put.
 */
record Nonce(Hash key) {

    static Nonce roll(RandomGenerator dice) {
        return new Nonce(new Hash(dice.nextLong()));
    }

    ExtensionRecord ask(Hash about) {
        return new ExtensionRecord.Ask(List.of(about, key));
    }

    /** Whether an answer to the question with this nonce is among these: nobody else can name it than who has read the question. */
    boolean isNamedIn(List<ExtensionRecord> records) {
        return records.stream()
                .anyMatch(record -> record instanceof ExtensionRecord.Metas metas && isNamedBy(metas.metas()));
    }

    private boolean isNamedBy(List<Meta> metas) {
        return metas.stream().anyMatch(meta -> meta.key().equals(key));
    }

    /** What these Metas say about a key, if they answer the question with this nonce. */
    Optional<Meta> answer(List<Meta> metas, Hash about) {
        boolean ours = isNamedBy(metas);
        return metas.stream().filter(meta -> ours && meta.key().equals(about)).findFirst();
    }
}
