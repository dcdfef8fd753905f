package org.simpledht.core;

/** What depends on who is at the other end of a path: whether a frame may go there, and the cookies that it carries. */
interface Passage {

    /** Whether a frame of so many bytes may go there now. */
    boolean lets(Path to, int bytes, Now now);

    /** Whether as much may go there as one likes, though nobody has spoken from there yet. */
    boolean isFree(Path to, Now now);

    /** The cookie that was last heard from there, for the header: 0 if there is none. */
    long tokenFor(Path to);

    /** The cookie that is to be said there, since its frames do not show it: 0 if none is. */
    long cookieFor(Path to, Now now);

    /** Whose frames to there are, by node id: 0 if nobody knows. */
    long nodeIdAt(Path to);
}
