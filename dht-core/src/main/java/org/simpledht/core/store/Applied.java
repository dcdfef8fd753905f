package org.simpledht.core.store;

/** What became of a version that was offered to the {@link Store}. */
public enum Applied {
    /** Its content is visible where none was. */
    NEW,
    /** Its content has taken another one's place. */
    CHANGED,
    /** The same content lives on under a larger Meta. */
    RENEWED,
    /** A content that was visible is not any more. */
    ENDED,
    /** It is held, and no content was visible before or is now. */
    UNSEEN,
    /** It is what is held. */
    SAME,
    /** What is held is larger. */
    OLDER,
    /** It would be taken with its content. */
    NEEDS_CONTENT,
    /** It was written further ahead of this node's clock than clocks may be apart. */
    AHEAD,
    /** It would end later than anything may. */
    TOO_LONG,
    /** The time to hold it has passed. */
    OVER,
    /** There is no room for it. */
    FULL;

    /** Whether the store has changed. */
    public boolean isNews() {
        return ordinal() <= UNSEEN.ordinal();
    }

    /** Whether this version or a larger one is held now. */
    public boolean isHeld() {
        return ordinal() <= OLDER.ordinal();
    }
}
