package org.simpledht.examples.endurance;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.simpledht.types.Content;
import org.simpledht.types.Hash;

/** What was written last under each hash, and until when it is there. Times are virtual ones since the beginning. */
final class Ledger {

    /** Clocks of nodes count milliseconds: around its end a content may be there or not. */
    private static final Duration AROUND_ITS_END = Duration.ofSeconds(1);

    private static final Duration NEVER = Duration.ofDays(100_000);

    private record Written(Content content, Duration end) {}

    private final Map<Hash, Written> written = new HashMap<>();

    void put(Hash hash, Content content) {
        written.put(hash, new Written(content, NEVER));
    }

    void put(Hash hash, Content content, Duration end) {
        written.put(hash, new Written(content, end));
    }

    void remove(Hash hash) {
        written.remove(hash);
    }

    /** What has ended is no longer known here, so that this does not grow either. */
    void forgetEnded(Duration now) {
        written.values().removeIf(entry -> entry.end().plus(AROUND_ITS_END).compareTo(now) < 0);
    }

    int alive(Duration now) {
        return (int) written.values().stream()
                .filter(entry -> entry.end().compareTo(now) > 0)
                .count();
    }

    /** In what these entries first differ from what must be there: the end of a sentence about who holds them. */
    Optional<String> difference(Map<Hash, Content> entries, Duration now) {
        Set<Hash> all = new HashSet<>(written.keySet());
        all.addAll(entries.keySet());
        for (Hash hash : all) {
            Written must = written.get(hash);
            Content found = entries.get(hash);
            if (must == null) {
                return Optional.of("holds " + text(found) + " under " + hash
                        + ", which is removed, has ended or was never written");
            }
            Duration left = must.end().minus(now);
            boolean isEnding = left.abs().compareTo(AROUND_ITS_END) <= 0;
            Content wanted = left.isNegative() ? null : must.content();
            if (isEnding ? found != null && !found.equals(must.content()) : !Objects.equals(found, wanted)) {
                return Optional.of("holds " + text(found) + " under " + hash + " in place of " + text(wanted));
            }
        }
        return Optional.empty();
    }

    private static String text(Content content) {
        return content == null ? "nothing" : '"' + content.toText() + '"';
    }
}
