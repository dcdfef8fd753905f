package org.simpledht.examples.scale;

/** What happens to a network, and what is looked at meanwhile. */
public enum Scenario {
    /** Nothing: what that costs, and how the links lie. */
    REST,
    /** One update a second, each by some node at random, at three rates of loss. */
    NEWS,
    /** As many updates as have their announcements share frames: 500 a second. */
    STREAM,
    /** Nothing goes between two halves of it for a while. */
    CUT,
    /** The same for an hour. */
    HOUR,
    /** Half of the nodes crash at once. */
    HALF,
    /** 80 % of them do. */
    MOST
}
