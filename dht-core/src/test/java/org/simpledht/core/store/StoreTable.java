package org.simpledht.core.store;

import org.simpledht.protocol.Cluster;
import org.simpledht.protocol.Meta;
import org.simpledht.types.Content;
import org.simpledht.types.Hash;

/** The store itself. */
public final class StoreTable implements Table {

    private static final Hash KEY = new Hash(42);
    private static final Hash ANOTHER = new Hash(43);

    /** Shortly before the beginning of every small world. */
    private static final long BEFORE_ALL = 1_700_000_000_000L - 8_000;

    private final Store store;

    public StoreTable(long longestMillis) {
        store = new Store(Cluster.UNNAMED, new Lease(longestMillis), 10, 1_000);
    }

    @Override
    public Meta write(Content content, int lifeSeconds, long physicalMillis) {
        Meta meta = content == null
                ? store.stampRemoval(KEY, physicalMillis)
                : store.stamp(KEY, content, lifeSeconds, physicalMillis);
        return store.write(meta, content, physicalMillis).isNews() ? meta : null;
    }

    @Override
    public boolean offer(Meta meta, Content content, long physicalMillis) {
        return store.applyTrusted(meta, content, physicalMillis).isNews();
    }

    @Override
    public Meta renew(long physicalMillis) {
        Meta renewed = store.renewed(store.meta(KEY), physicalMillis);
        return store.applyTrusted(renewed, null, physicalMillis).isNews() ? renewed : null;
    }

    @Override
    public void tick(long physicalMillis) {
        store.tick(physicalMillis, (key, content) -> {});
    }

    @Override
    public Content visible(long physicalMillis) {
        return store.get(KEY, physicalMillis).orElse(null);
    }

    @Override
    public Meta held() {
        return store.meta(KEY);
    }

    @Override
    public long nowMillis(long physicalMillis) {
        return store.nowMillis(physicalMillis);
    }

    @Override
    public String lastLook() {
        String look = store.meta(KEY) + " " + store.bytes() + " " + store.root() + " " + store.nextTickMillis();

        long now = store.nowMillis(BEFORE_ALL);
        long last = store.stampRemoval(ANOTHER, BEFORE_ALL).clock() - 1;
        return look + " " + now + " " + last;
    }
}
