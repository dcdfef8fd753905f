package org.simpledht.core;

import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.simpledht.protocol.Extension;
import org.simpledht.protocol.Extension.Header;
import org.simpledht.protocol.ExtensionRecord;
import org.simpledht.protocol.Frame;
import org.simpledht.protocol.Message;
import org.simpledht.protocol.Meta;
import org.simpledht.types.Hash;
import org.simpledht.types.NetAddress;

/** Whoever answers a client, asked or not and from however many addresses, fills no table of it beyond its bound. */
class ClientFloodTest {

    private static final int REQUESTS = 100;
    private static final int FRAMES = 10_000;
    private static final int MOST_VALUE_BYTES = 50_000;

    private final SplittableRandom random = new SplittableRandom(1);
    private final Client client = new Client(
            NodeFixture.OWN_ID,
            MachineFixture.BINDINGS,
            Optional.empty(),
            MOST_VALUE_BYTES,
            ClientFixture.SECRET,
            new SplittableRandom(1),
            MachineFixture.START);
    private final MachineFixture<Client> near = new MachineFixture<>(client);

    @Test
    void ofAnswers() {
        List<Path> asked = List.of(near.udp("alice").path(), near.tcp("bob").path());
        for (int key = 0; key < REQUESTS; key++) {
            client.get(key, asked, new Hash(key), TimeUnit.DAYS.toNanos(1), near.now());
        }
        for (int i = 0; i < FRAMES; i++) {
            Path from = random.nextInt(4) == 0 ? asked.get(0) : new Path(MachineFixture.UDP, address(i));
            near.receive(from, Far.encode(answer()));
        }
        TableBounds.ofClient(MachineFixture.BINDINGS.size(), REQUESTS, MOST_VALUE_BYTES)
                .check(client);
    }

    private static NetAddress address(int number) {
        return NetAddress.of(new byte[] {11, 0, (byte) (number >> 8), (byte) number}, 4_000);
    }

    private Frame answer() {
        Header header = new Header(0, random.nextLong(), near.nextHeaderClock(), random.nextLong());
        Meta large = new Meta(new Hash(random.nextInt(REQUESTS)), random.nextLong(), 7, 3_600, 40_000);
        ExtensionRecord token = new ExtensionRecord.Token(random.nextLong());
        List<ExtensionRecord> records = List.of(token, new ExtensionRecord.Metas(List.of(large)));
        return Frame.extended(Message.KEEP_ALIVE, new Extension(header, records));
    }
}
