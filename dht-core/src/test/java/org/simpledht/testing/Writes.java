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

    /** One of them. */
    record Write(Meta meta, boolean isPublished) {}

    private record Repeated(NetAddress to, Hash key, long digest) {}

    private final Set<Repeated> repeated = new HashSet<>();
    private final Map<Version, Write> byVersion = new HashMap<>();
    private final Map<Hash, Set<Long>> digests = new HashMap<>();
    private final List<Meta> inOrder = new ArrayList<>();

    void written(Node.Written written, boolean isPublished) {
        byVersion.put(written.meta().version(), new Write(written.meta(), isPublished));
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
    boolean isRepeated(NetAddress by, Meta meta) {
        if (!repeated.contains(new Repeated(by, meta.key(), meta.digest()))) {
            return false;
        }
        byVersion.put(meta.version(), new Write(meta, true));
        return true;
    }

    /** Null if nobody did. */
    Write of(Meta meta) {
        return byVersion.get(meta.version());
    }

    boolean isIntended(Meta meta) {
        return meta.digest() == 0 || digests.getOrDefault(meta.key(), Set.of()).contains(meta.digest());
    }

    List<Meta> inOrder() {
        return inOrder;
    }
}
