package org.simpledht.testing;

import java.nio.ByteBuffer;
import java.util.SplittableRandom;
import org.simpledht.Insides;
import org.simpledht.types.Content;
import org.simpledht.types.Hash;

/** Has nodes write and remove, and draws what and where. No two things that it writes are the same. */
final class Author {

    private static final int MOST_LARGE_VALUES = 8;

    private final SplittableRandom dice;
    private final Lot lot;
    private final Writes writes;
    private int written;
    private int largeValues;

    Author(SplittableRandom dice, Lot lot, Writes writes) {
        this.dice = dice;
        this.lot = lot;
        this.writes = writes;
    }

    Hash anyKey() {
        return new Hash(dice.nextInt(lot.keys));
    }

    Content text(String kind) {
        return Content.ofText(kind + " " + written++);
    }

    Content bytes(int size) {
        byte[] bytes = new byte[size];
        dice.nextBytes(bytes);
        ByteBuffer.wrap(bytes).putInt(written++);
        return Content.of(bytes);
    }

    private Content anyContent() {
        int kind = dice.nextInt(20);
        if (lot.hasLargeValues && kind < 2 && largeValues++ < MOST_LARGE_VALUES) {
            return bytes(largeValues == 4 ? 200_000 : 2_000 + dice.nextInt(58_000));
        }
        return kind < 4 ? bytes(100 + dice.nextInt(1_100)) : text("write");
    }

    /** Most of it without an end. */
    void write(Ours writer, Hash key) {
        int kind = dice.nextInt(10);
        int longest = (int) lot.lease.toSeconds();
        write(writer, key, kind < 7 ? 0 : kind < 9 ? 1 + dice.nextInt(20) : 1 + dice.nextInt(longest));
    }

    /**
     * @param lifeSeconds 0 for as long as the node runs
     */
    void write(Ours writer, Hash key, int lifeSeconds) {
        if (writer.isUp()) {
            write(writer, key, lifeSeconds, anyContent());
        }
    }

    void write(Ours writer, Hash key, int lifeSeconds, Content content) {
        writes.intended(key, content);
        Vigil vigil = writer.vigil();
        Insides.put(writer.dht(), key, content, lifeSeconds, done -> {
            if (done.applied().isNews()) {
                writes.written(done, lifeSeconds == 0 ? vigil : null);
            }
            vigil.wrote(done, content, lifeSeconds == 0, writer.host().nanoTime());
        });
    }

    /** All keys in one moment. */
    void writeBurst(Ours writer) {
        for (int i = 0; i < lot.keys; i++) {
            write(writer, new Hash(i));
        }
    }

    void remove(Ours writer, Hash key) {
        if (!writer.isUp()) {
            return;
        }
        Vigil vigil = writer.vigil();
        Insides.remove(writer.dht(), key, done -> {
            if (done.applied().isNews()) {
                writes.written(done, null);
            }
            vigil.wrote(done, null, false, writer.host().nanoTime());
        });
    }
}
