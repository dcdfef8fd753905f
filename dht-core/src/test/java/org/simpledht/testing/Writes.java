package org.simpledht.testing;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.simpledht.core.Node;
import org.simpledht.protocol.ContentDigest;
import org.simpledht.protocol.Meta;
import org.simpledht.protocol.Version;
import org.simpledht.types.Content;
import org.simpledht.types.Hash;
import org.simpledht.types.NetAddress;

/** Everything that was ever written, by whomever. */
final class Writes {

    /** One of them. It has several publishers if they have given the same content the same clock, each without knowing. */
    record Write(Meta meta, Set<Vigil> publishers) {}

    private record Repeated(NetAddress to, Hash key, long digest) {}

    private final Set<Repeated> repeated = new HashSet<>();
    private final Map<Version, Write> byVersion = new HashMap<>();
    private final Map<Hash, Set<Long>> digests = new HashMap<>();
    private final Map<Version, Meta> renewed = new HashMap<>();
    private final List<Meta> inOrder = new ArrayList<>();

    void written(Node.Written written, Vigil publisher) {
        Write write = new Write(written.meta(), new HashSet<>());
        if (publisher != null) {
            write.publishers().add(publisher);
        }
        byVersion.put(written.meta().version(), write);
        inOrder.add(written.meta());
    }

    /** Somebody is about to write that, at a clock that only others know. */
    void intended(Hash key, Content content) {
        digests.computeIfAbsent(key, k -> new HashSet<>()).add(ContentDigest.of(content));
    }

    /** A content without version is on its way to one who may take it for a fresh write. */
    void mayBeRepeated(NetAddress to, Hash key, Content content) {
        repeated.add(new Repeated(to, key, ContentDigest.of(content)));
    }

    /** Whether a node has made a version of such a content, which counts as a write from then on. */
    boolean isRepeated(NetAddress by, Vigil maker, Meta meta) {
        if (!repeated.contains(new Repeated(by, meta.key(), meta.digest()))) {
            return false;
        }
        byVersion
                .computeIfAbsent(meta.version(), version -> new Write(meta, new HashSet<>()))
                .publishers()
                .add(maker);
        return true;
    }

    /**
     * Whether who has put something gives it the next clock, as he does when his own was ahead and is set back: what he had renewed
     * meanwhile lived too long. It counts as a write from then on.
     */
    boolean isWrittenAnew(Vigil by, Meta meta) {
        Write before = byVersion.get(new Version(meta.key(), meta.clock() - 1, meta.digest()));
        if (before == null || !before.publishers().contains(by)) {
            return false;
        }
        byVersion.put(meta.version(), new Write(meta, new HashSet<>(Set.of(by))));
        return true;
    }

    /** Null if nobody did. */
    Write of(Meta meta) {
        return byVersion.get(meta.version());
    }

    /**
     * A version has been seen with another life than before. Who wrote it may have renewed it: nobody else does, and not for longer
     * than it may live.
     */
    void lookAtLife(Vigil by, Meta meta, Write write, long latestEndMillis) {
        Meta longest = renewed.getOrDefault(meta.version(), write.meta());
        if (Integer.compareUnsigned(meta.life(), longest.life()) <= 0) {
            return;
        }
        boolean isPublisher = write.publishers().contains(by);
        if (!isPublisher || meta.endMillis() > latestEndMillis) {
            throw new AssertionError(by.name() + " has renewed " + longest + " to " + meta + ", which "
                    + (!isPublisher ? "it has not written" : "is beyond " + latestEndMillis));
        }
        renewed.put(meta.version(), meta);
    }

    boolean isIntended(Meta meta) {
        return meta.digest() == 0 || digests.getOrDefault(meta.key(), Set.of()).contains(meta.digest());
    }

    List<Meta> inOrder() {
        return inOrder;
    }
}
