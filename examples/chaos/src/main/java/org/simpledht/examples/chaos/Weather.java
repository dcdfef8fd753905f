package org.simpledht.examples.chaos;

import java.io.IOException;

/** Has links lose, delay, repeat and damage what goes over them. */
interface Weather extends AutoCloseable {

    /** What carries it out, for the story. */
    String name();

    /** From now on, for what the node sends and for what it gets. */
    void set(int node, Conditions out, Conditions in) throws IOException;

    @Override
    void close();
}
