package org.simpledht.core;

import static org.simpledht.core.MachineFixture.START;

import org.simpledht.protocol.LinkRecord;

/** The flow to a neighbour in virtual time. The first window is 64 KiB. */
abstract class FlowFixture {

    static final int WINDOW = 1 << 16;

    final Flow flow = new Flow(0);
    Now now = START;
    int lastMark;

    final void sendMarked(int bytes) {
        lastMark = flow.record(true, now).mark();
        flow.sent(bytes);
        flow.markSent();
    }

    final Flow.Losses echo(long received) {
        return flow.heard(new LinkRecord.Flow(received, 0, lastMark), now);
    }
}
