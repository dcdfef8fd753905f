package org.simpledht.testing;

import java.util.Optional;
import org.simpledht.core.store.Store;
import org.simpledht.protocol.ContentDigest;
import org.simpledht.protocol.Meta;
import org.simpledht.types.Content;
import org.simpledht.types.Hash;

/** Watches what one life of one node holds and shows under one key. */
final class KeyVigil {

    /** How far ahead a clock may be. */
    private static final long TOLERANCE_MILLIS = 10_000;

    /** What is over goes with the next tick, which may be so far away. */
    private static final long LATE_MILLIS = 2_500;

    private final Vigil vigil;
    private final Hash key;
    private final Lot lot;
    private final Writes writes;
    private Meta held;
    private long lookedMillis;
    private Meta largest;
    private Meta published;
    private Content shown;

    KeyVigil(Vigil vigil, Hash key, Lot lot, Writes writes) {
        this.vigil = vigil;
        this.key = key;
        this.lot = lot;
        this.writes = writes;
    }

    /** The largest version that it has ever held, as far as its clock has not gone astray. */
    Meta largest() {
        return largest;
    }

    /** What is remembered counts no more, save what was put here. */
    void forget() {
        held = null;
        largest = null;
    }

    /** What was put here without an end lives on until something else has beaten it, unless this node slept through a lease. */
    void lookAtPublished(long sinceMillis) {
        if (published == null) {
            return;
        }
        Meta here = vigil.store().meta(key);
        // What has beaten it may have been forgotten in the very turn in which it was heard.
        Meta now = here.isNothing() && held != null ? held : here;
        boolean mayHaveMissedIt = sinceMillis > lot.lease.toMillis() / 2;
        boolean isBeaten = now.isLargerThan(published) && !now.version().equals(published.version());
        if (vigil.isAstray() || mayHaveMissedIt || isBeaten) {
            published = null;
            return;
        }
        vigil.require(vigil.local(key).isPresent(), () -> "has put " + published + ", and has it no more");
    }

    /** It has just read what others say, and has not yet ended or forgotten anything. */
    void lookAtHeard(long physical) {
        Meta now = vigil.store().meta(key);
        if (!now.isNothing()) {
            lookAtNews(now, physical, vigil.store().nowMillis(physical));
        }
    }

    /** Returns whether it holds anything there. */
    boolean look(long physical) {
        Meta now = vigil.store().meta(key);
        long millis = vigil.store().nowMillis(physical);
        if (now.isNothing()) {
            vigil.require(
                    held == null || lot.heldUntilMillis(held) <= millis,
                    () -> "has forgotten too early, at " + millis + ": " + held);
            held = null;
        } else {
            lookAtHeld(now, physical, millis);
        }
        lookAtVisible(now, millis);
        lookedMillis = millis;
        return !now.isNothing();
    }

    private void lookAtHeld(Meta now, long physical, long millis) {
        vigil.require(
                hasJumped(millis) || lot.heldUntilMillis(now) + LATE_MILLIS > millis,
                () -> "still holds what is over at " + millis + ": " + now);
        lookAtNews(now, physical, millis);
    }

    private void lookAtNews(Meta now, long physical, long millis) {
        if (!now.equals(held)) {
            vigil.require(held == null || now.isLargerThan(held), () -> "held " + held + " and now holds " + now);
            lookAtTimes(now, physical, millis);
            lookAtOrigin(now, physical, millis);
            lookAtLargest(now, millis);
            held = now;
        }
    }

    private void lookAtTimes(Meta meta, long physical, long millis) {
        vigil.require(
                vigil.isAstray() || meta.clockMillis() <= physical + TOLERANCE_MILLIS,
                () -> "holds what lies ahead of " + physical + ": " + meta);
        vigil.require(
                vigil.isAstray() || meta.endMillis() <= millis + lot.lease.toMillis() + TOLERANCE_MILLIS,
                () -> "holds what ends too late, at " + millis + ": " + meta);
        vigil.seen(meta.clock());
    }

    private void lookAtOrigin(Meta meta, long physical, long millis) {
        Writes.Write write = writes.of(meta);
        if (write == null) {
            // Who does not know yet whom he talks to is told of a content alone, which is a copy to him.
            boolean isCopy = meta.clock() == Store.COPY_CLOCK && writes.isIntended(meta);
            vigil.require(
                    lot.hasStrangers()
                            || isCopy
                            || writes.isRepeated(vigil.address(), vigil, meta)
                            || vigil.isAstray() && writes.isWrittenAnew(vigil, meta),
                    () -> "holds what nobody wrote: " + meta);
        } else if (!lot.hasStrangers()) {
            vigil.require(
                    meta.size() == write.meta().size(), () -> "holds " + meta + ", and what was written is " + write);
            if (mayBeStampedHere(meta, physical)) {
                writes.isRepeated(vigil.address(), vigil, meta);
            }
            long latest = vigil.isAstray() ? Long.MAX_VALUE : millis + lot.lease.toMillis();
            writes.lookAtLife(vigil, meta, write, latest);
        }
    }

    /**
     * Who takes a content without version for a fresh write gives it a clock, which another one may have given it before: one more than
     * that of the key before, if all keys were written in one moment. That is the same version, and written here as well.
     */
    private boolean mayBeStampedHere(Meta meta, long physical) {
        boolean isNew = held == null || !held.version().equals(meta.version());
        return isNew && meta.clockMillis() >= physical && meta.life() == (int) lot.lease.toSeconds();
    }

    /**
     * Nothing comes back under what has beaten it, as long as that is held by right. Later it may: when it was renewed by who had not
     * heard of it by then. Of two copies nobody knows which is older, so nothing is said about what follows one that has ended.
     */
    private void lookAtLargest(Meta now, long millis) {
        Meta most = largest;
        boolean isSmaller = most != null
                && (Long.compareUnsigned(now.clock(), most.clock()) < 0
                        || now.clock() == most.clock() && Long.compareUnsigned(now.digest(), most.digest()) < 0);
        if (isSmaller) {
            long heldUntil = most.clockMillis() + lot.lease.toMillis();
            long unheardMillis = now.endMillis() - heldUntil;
            boolean isAfterCopy = most.clock() == Store.COPY_CLOCK && most.endMillis() <= millis;
            vigil.require(
                    isAfterCopy
                            || heldUntil <= millis && !isVisible(now, millis)
                            || unheardMillis > 0 && unheardMillis <= lot.longestSilence.toMillis(),
                    () -> "had " + most + ", and has gone back to " + now + " at " + millis);
        }
        largest = now;
    }

    /** When its clock has just gone ahead by much the next tick is due, and ends and forgets what is over. */
    private boolean hasJumped(long millis) {
        return millis - lookedMillis >= LATE_MILLIS;
    }

    private static boolean isVisible(Meta meta, long millis) {
        return meta.digest() != 0 && meta.endMillis() > millis;
    }

    private void lookAtVisible(Meta meta, long millis) {
        Optional<Content> local = vigil.local(key);
        vigil.require(
                local.isPresent() == isVisible(meta, millis) || vigil.isAstray() && local.isEmpty(),
                () -> "shows " + local + " at " + millis + " of " + meta);
        vigil.require(
                vigil.store().content(key) == null || hasJumped(millis) || meta.endMillis() + LATE_MILLIS > millis,
                () -> "keeps the content of what has ended: " + meta);
        if (local.isPresent() && local.get() != shown) {
            shown = local.get();
            vigil.require(
                    shown.size() == meta.size() && ContentDigest.of(shown) == meta.digest(),
                    () -> "shows " + local + " as " + meta);
        }
    }

    /**
     * Something was just written here.
     *
     * @param content null of a removal
     */
    void wrote(Meta meta, Content content, boolean isPublished) {
        published = isPublished ? meta : null;
        Optional<Content> local = vigil.local(key);
        vigil.require(
                content == null
                        ? local.isEmpty()
                        : local.filter(content::equals).isPresent(),
                () -> "shows " + local + " after it wrote " + meta);
    }
}
