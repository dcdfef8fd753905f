package org.simpledht.core.store;

import org.simpledht.protocol.Meta;
import org.simpledht.protocol.Mix64;
import org.simpledht.protocol.SipHash24;
import org.simpledht.types.Content;
import org.simpledht.types.Hash;

/**
 * One entry as it is held. The fields of its Meta stand here themselves: with a million entries, three objects less for each
 * count. What a reader looks at never changes; a new version is a new object.
 */
final class Held {

    final long key;
    final long clock;
    final long digest;
    final int life;
    final int size;

    /** Null when nothing is visible any more. */
    final Content content;

    /** The second of its next appointment with the {@link Slots}; the writer's alone. */
    int slot;

    /** Whether it is part of the sums; the writer's alone. */
    boolean summed;

    Held(Meta meta, Content content) {
        key = meta.key().bits();
        clock = meta.clock();
        digest = meta.digest();
        life = meta.life();
        size = meta.size();
        this.content = content;
    }

    long x() {
        return Mix64.of(key);
    }

    /** Its part in the sums. */
    long hash(SipHash24 hash) {
        return hash.of(key, clock, digest, life, size);
    }

    Meta meta() {
        return new Meta(new Hash(key), clock, digest, life, size);
    }

    long endMillis() {
        return Lease.endMillis(clock, life);
    }

    boolean isVisible(long nowMillis) {
        return content != null && endMillis() > nowMillis;
    }

    int bytes() {
        return content == null ? 0 : content.size();
    }
}
