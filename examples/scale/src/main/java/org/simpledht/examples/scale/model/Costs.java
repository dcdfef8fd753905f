package org.simpledht.examples.scale.model;

/** What was sent for updates. */
final class Costs {

    long sent;
    long received;
    long duplicates;
    long prunes;
    long asks;
    long pushBytes;
    long metaBytes;
    long echoBytes;
    long otherBytes;

    void clear() {
        sent = 0;
        received = 0;
        duplicates = 0;
        prunes = 0;
        asks = 0;
        pushBytes = 0;
        metaBytes = 0;
        echoBytes = 0;
        otherBytes = 0;
    }

    long bytes() {
        return pushBytes + metaBytes + echoBytes + otherBytes;
    }
}
