package org.simpledht.core.store;

import org.simpledht.protocol.Meta;
import org.simpledht.types.Content;

/** What {@link SmallWorld} asks of a table of one key, so that it can be asked of broken ones too. */
public interface Table {

    /**
     * Stamps and takes a write.
     *
     * @param content null to remove
     * @return null if it was refused
     */
    Meta write(Content content, int lifeSeconds, long physicalMillis);

    /** Returns whether that was news. */
    boolean offer(Meta meta, Content content, long physicalMillis);

    /** Renews what is held. Returns null if that was no news. */
    Meta renew(long physicalMillis);

    void tick(long physicalMillis);

    /** Null if nothing is. */
    Content visible(long physicalMillis);

    Meta held();

    long nowMillis(long physicalMillis);

    /** All that it goes by from now on. It is not used afterwards. */
    String lastLook();
}
