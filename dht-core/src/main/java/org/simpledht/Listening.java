package org.simpledht;

import java.io.IOException;
import java.util.List;
import org.simpledht.transport.TransportProvider;
import org.simpledht.types.Address;
import org.simpledht.types.NetAddress;

/** Binds what a configuration asks for. */
final class Listening {

    private Listening() {}

    /**
     * Binds every address that each of the names resolves to. When any free port will do, one name's addresses get the same
     * port if it is free on all of them.
     *
     * @throws CannotListenException if one of them cannot be bound; nothing is bound then
     */
    static void open(DhtRuntime runtime, Loop loop, List<Address> binds) {
        try {
            for (Address bind : binds) {
                TransportProvider provider = runtime.transport(bind.scheme());
                int port = bind.port();
                for (NetAddress address : Names.require(runtime, bind)) {
                    port = open(loop, provider, address.withPort(port), bind.port());
                }
            }
        } catch (RuntimeException e) {
            loop.discard();
            throw e;
        }
    }

    private static int open(Loop loop, TransportProvider provider, NetAddress address, int asked) {
        try {
            return loop.open(provider, address).address().port();
        } catch (IOException e) {
            if (asked == 0 && address.port() != 0) {
                return open(loop, provider, address.withPort(0), asked);
            }
            throw new CannotListenException(e.getMessage(), e);
        }
    }
}
