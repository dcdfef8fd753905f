package org.simpledht;

import java.util.Optional;
import org.simpledht.core.ChangeReason;
import org.simpledht.core.Outcome;
import org.simpledht.core.PeerView;
import org.simpledht.types.Content;
import org.simpledht.types.Hash;

/** The application's side of a client, which has neither peers nor a table nor seeds. */
final class ClientDriver implements Loop.Driver {

    private final Loop loop;
    private final Tickets tickets;

    ClientDriver(Loop loop, Tickets tickets) {
        this.loop = loop;
        this.tickets = tickets;
    }

    @Override
    public void finished(long ticket, Outcome outcome) {
        tickets.finish(ticket, outcome);
    }

    @Override
    public void resolve(int seed) {
        throw new AssertionError("a client has no seeds");
    }

    @Override
    public void peerJoined(PeerView peer) {
        throw new AssertionError("a client has no peers");
    }

    @Override
    public void peerLost(PeerView peer) {
        throw new AssertionError("a client has no peers");
    }

    @Override
    public void changed(Hash key, Optional<Content> before, Optional<Content> after, ChangeReason reason) {
        throw new AssertionError("a client has no table");
    }

    @Override
    public void ended() {
        tickets.failAll(() -> Call.closed(loop));
    }
}
