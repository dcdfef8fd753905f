package org.simpledht.core;

import static org.simpledht.core.MachineFixture.HELLO;

import java.util.ArrayList;
import java.util.List;
import org.simpledht.protocol.Meta;
import org.simpledht.protocol.Mix64;
import org.simpledht.protocol.TreeRecord;
import org.simpledht.types.Content;
import org.simpledht.types.Hash;

/** A node whose table is compared with that of a neighbour. */
abstract class ReconcilerFixture {

    static final TreeRecord.Root OTHER_ROOT = new TreeRecord.Root(99, 1);

    final NodeFixture node = new NodeFixture();
    final Far alice = node.udp("alice");

    final void meet(Far far) {
        far.greets();
        far.echoes();
        node.out();
    }

    final Meta written(String key) {
        node.put(Hash.parse(key), HELLO);
        return node.machine().store().meta(Hash.parse(key));
    }

    final void fill(int count) {
        for (int i = 0; i < count; i++) {
            node.put(new Hash(i), HELLO);
        }
    }

    /** Writes so many keys whose x begins with that digit. */
    final List<Meta> fillChild(int child, int count) {
        return fillUnder(child, 4, count);
    }

    /** Writes so many keys whose x begins with these bits. */
    final List<Meta> fillUnder(int first, int bitCount, int count) {
        List<Meta> metas = new ArrayList<>();
        for (long bits = 1; metas.size() < count; bits++) {
            if (Mix64.of(bits) >>> 64 - bitCount == first) {
                node.put(new Hash(bits), HELLO);
                metas.add(node.machine().store().meta(new Hash(bits)));
            }
        }
        return metas;
    }

    /** Writes what fills alice's window, and as much more that waits until she says what has come. */
    final void leaveWaiting(int count) {
        for (int i = 0; i < 70; i++) {
            node.machine().put(new Hash(1_000 + i), Content.of(new byte[1_000]), 0, node.now());
        }
        node.drain();
        for (int i = 0; i < count; i++) {
            node.machine().put(new Hash(2_000 + i), HELLO, 0, node.now());
        }
        node.drain();
    }

    final long rounds() {
        return node.out().stream().filter(line -> line.contains("[Sums *]")).count();
    }
}
