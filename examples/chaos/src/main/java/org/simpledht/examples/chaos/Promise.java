package org.simpledht.examples.chaos;

/** What must hold, whatever went wrong. */
enum Promise {
    AGREED("all nodes hold the same within 30 s after each round"),
    LOST("nothing is lost that its node or a neighbour still had"),
    INVENTED("nothing is found that nobody has written"),
    EQUAL("every hash holds the same at every node, in the end each of them alone"),
    ALIVE("no process has died by itself"),
    QUIET("no stack trace and no internal failure is in any log"),
    ANSWERED("every put and every removal was taken"),
    FLAT("threads and descriptors are no more than after the first round");

    private final String text;

    Promise(String text) {
        this.text = text;
    }

    String text() {
        return text;
    }
}
