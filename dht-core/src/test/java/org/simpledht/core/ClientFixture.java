package org.simpledht.core;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.simpledht.protocol.KeyRing;
import org.simpledht.protocol.SipHash24;
import org.simpledht.types.Content;
import org.simpledht.types.Hash;
import org.simpledht.types.NetAddress;

/** A client in virtual time, which waits five seconds for an answer. */
final class ClientFixture extends MachineFixture<Client> {

    private static final long TIMEOUT_NANOS = TimeUnit.SECONDS.toNanos(5);

    static final int MAX_VALUE_BYTES = 1 << 20;

    static final SipHash24 SECRET = new SipHash24(new byte[SipHash24.KEY_BYTES]);

    ClientFixture() {
        this(Optional.empty());
    }

    ClientFixture(Optional<KeyRing> keys) {
        super(new Client(NodeFixture.OWN_ID, BINDINGS, keys, MAX_VALUE_BYTES, SECRET, new SplittableRandom(1), START));
    }

    void get(long ticket, Hash hash, Far... asked) {
        machine().get(ticket, paths(asked), hash, TIMEOUT_NANOS, now());
        drain();
    }

    void put(long ticket, Hash hash, Content content, Far... asked) {
        machine().put(ticket, paths(asked), hash, content, TIMEOUT_NANOS, now());
        drain();
    }

    void putFor(int lifeSeconds, long ticket, Hash hash, Content content, Far... asked) {
        machine().put(ticket, paths(asked), hash, content, lifeSeconds, TIMEOUT_NANOS, now());
        drain();
    }

    void remove(long ticket, Hash hash, Far... asked) {
        machine().remove(ticket, paths(asked), hash, TIMEOUT_NANOS, now());
        drain();
    }

    void discover(long ticket, List<NetAddress> addresses, Far... asked) {
        machine().discover(ticket, paths(asked), addresses, TIMEOUT_NANOS, now());
        drain();
    }

    private static List<Path> paths(Far... asked) {
        return Arrays.stream(asked).map(Far::path).toList();
    }
}
