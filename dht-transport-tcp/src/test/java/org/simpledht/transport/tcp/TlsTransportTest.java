package org.simpledht.transport.tcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.simpledht.testkit.Sightings.Fault;
import org.simpledht.testkit.TestLoop;
import org.simpledht.transport.StreamLimits;
import org.simpledht.transport.TransportFault;
import org.simpledht.transport.TransportProvider;
import org.simpledht.transport.TransportSettings;
import org.simpledht.types.Content;

/** Who is let in, who is not, and what is said of it. */
class TlsTransportTest extends Keeping {

    private static final Duration SHORT = Duration.ofMillis(300);
    private static final StreamLimits HASTY = new StreamLimits(8, 1 << 20, SHORT);

    @TempDir
    private static Path directory;

    private static Authority ours;
    private static Authority theirs;
    private static Authority.Identity node;

    @BeforeAll
    static void issue() throws Exception {
        ours = new Authority("ours");
        theirs = new Authority("theirs");
        node = ours.issue("node");
    }

    @Test
    void nodesOfOneAuthorityServeEachOther() throws Exception {
        requireServing(listen(ours()), listen(ours()));
    }

    @Test
    void whoDialsANodeOfAnotherAuthorityLeaves() throws Exception {
        TestLoop a = listen(ours());
        TestLoop b = listen(Authority.settings(directory, theirs.issue("b"), ours));
        a.send(b.local(), new byte[9]);

        assertThat(awaitDistrust(a)).isEqualTo("its certificate is of no authority in tls-trust");
        assertThat(a.seen().closed()).hasSize(1);
        assertThat(awaitDistrust(b)).startsWith("it refuses our certificate");
        assertThat(b.seen().accepted()).isEmpty();
        assertThat(b.seen().frames()).isEmpty();
    }

    @Test
    void whoComesFromAnotherAuthorityIsNotHeard() throws Exception {
        TestLoop a = listen(Authority.settings(directory, theirs.issue("a"), ours));
        TestLoop b = listen(ours());
        a.send(b.local(), new byte[9]);

        // It has one, and keeps it to itself, as it was told whose are asked for.
        assertThat(awaitDistrust(b)).startsWith("it shows no certificate of an authority in tls-trust");
        assertThat(awaitDistrust(a)).startsWith("it refuses our certificate").contains("tls-trust there");
        assertThat(b.seen().accepted()).isEmpty();
        assertThat(b.seen().frames()).isEmpty();
        requireServing(listen(ours()), b);
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void whoShowsNoCertificateIsToldSo(String protocol) throws Exception {
        TestLoop loop = listen(ours());
        TlsPeer peer = keep(TlsPeer.without(ours, loop.local(), protocol));

        assertThatThrownBy(() -> {
                    peer.writeFrame(new byte[9]);
                    peer.readFrame();
                })
                .isInstanceOf(SSLException.class)
                .hasMessageFindingMatch("bad_certificate|certificate_required|handshake_failure");
        assertThat(awaitDistrust(loop)).startsWith("it shows no certificate of an authority in tls-trust");
        assertThat(loop.seen().accepted()).isEmpty();
        assertThat(loop.seen().frames()).isEmpty();
        requireServing(listen(ours()), loop);
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void certificateIsNotAskedForIfTheSettingSaysSo(String protocol) throws Exception {
        TestLoop loop = listen(Authority.settings(directory, node, ours, "tls-client-auth", "false"));
        TlsPeer peer = keep(TlsPeer.without(ours, loop.local(), protocol));
        requireServing(loop, peer);
    }

    @Test
    void olderProtocolsAreRefused() throws Exception {
        TestLoop loop = listen(ours());
        RawPeer peer = keep(new RawPeer(loop.local()));
        // A ClientHello of TLS 1.0, with one cipher suite.
        peer.write("160301002d" + "01000029" + "0301" + "00".repeat(32) + "00" + "0002002f" + "0100");
        assertThat(awaitDistrust(loop)).contains("TLS failed");
    }

    @Test
    void endedCertificateIsRefused() throws Exception {
        // Made before it ended, as a node's that was not restarted in time.
        Instant soon = Instant.now().plus(Duration.ofSeconds(3));
        TransportSettings settings = Authority.settings(directory, ours.issue("a", Authority.keys("EC"), soon), ours);
        TestLoop a = listen(settings);
        TestLoop b = listen(ours());
        await().until(() -> Instant.now().isAfter(soon.plusSeconds(1)));
        a.send(b.local(), new byte[9]);
        assertThat(awaitDistrust(b)).startsWith("its certificate has ended");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> listen(settings))
                .withMessageStartingWith("tls-certificate: ");
    }

    @Test
    void addressIsVerifiedIfTheSettingSaysSo() throws Exception {
        TransportSettings verifying = Authority.settings(directory, node, ours, "tls-verify-address", "true");
        TestLoop a = listen(verifying);
        TestLoop named = listen(ours());
        requireServing(a, named);

        TestLoop nameless = listen(Authority.settings(directory, ours.issueNameless("b"), ours));
        requireServing(named, nameless);
        a.send(nameless.local(), new byte[9]);
        assertThat(awaitDistrust(a)).startsWith("its certificate is refused: ");
    }

    @Test
    void plainPeerIsToldFromTls() throws Exception {
        TestLoop loop = listen(ours());
        RawPeer peer = keep(new RawPeer(loop.local()));
        peer.writeFrame(new byte[100]);
        assertThat(awaitDistrust(loop)).isEqualTo("it speaks no TLS, as a tcp:// node or client");
        assertThat(loop.seen().accepted()).isEmpty();
        assertThat(loop.seen().closed()).isEmpty();
        requireServing(listen(ours()), loop);
    }

    @Test
    void nodesOfBothKindsTellEachOtherApart() throws Exception {
        TestLoop secure = listen(ours());
        TestLoop plain = listen(new TcpTransportProvider(), TestLoop.WIDE_LIMITS, TransportSettings.NONE);
        secure.send(plain.local(), new byte[9]);
        assertThat(awaitDistrust(secure)).endsWith("as who speaks no tls:// does");
        await().until(() -> plain.seen().closed().size() == 1);
        assertThat(plain.seen().closed().get(0).reason()).isEqualTo("it speaks TLS, as a tls:// node or client");
        assertThat(plain.seen().faultKinds()).containsExactly(TransportFault.BAD_FRAMING);

        plain.send(secure.local(), new byte[9]);
        await().until(() -> plain.seen().closed().size() == 2);
        assertThat(plain.seen().closed().get(1).reason()).isEqualTo("it speaks TLS, as a tls:// node or client");
        requireServing(listen(ours()), secure);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "16", "160301", "16030140000100", "00"})
    void handshakeThatIsNotFinishedIsTimedOut(String hex) throws Exception {
        TestLoop loop = listen(new TlsTransportProvider(), HASTY, ours());
        RawPeer peer = keep(new RawPeer(loop.local()));
        peer.write(hex);
        peer.awaitEnd();
        await().until(() -> !loop.seen().faults().isEmpty());
        assertThat(loop.seen().faultKinds()).containsExactly(TransportFault.FRAME_TIMEOUT);
        assertThat(loop.seen().accepted()).isEmpty();
    }

    @Test
    void firstFrameHasNoMoreTimeThanTheHandshake() throws Exception {
        TestLoop loop = listen(new TlsTransportProvider(), HASTY, ours());
        TlsPeer peer = keep(TlsPeer.with(node, ours, loop.local(), "TLSv1.3"));
        await().until(() -> !loop.seen().closed().isEmpty());
        assertThat(loop.seen().closed().get(0).reason()).isEqualTo("no frame came");
        assertThatThrownBy(peer::readFrame).isInstanceOf(IOException.class);
    }

    @Test
    void garbageIsSurvived() throws Exception {
        TestLoop loop = listen(ours());
        Random dice = new Random(5);
        for (int i = 0; i < 50; i++) {
            byte[] garbage = new byte[dice.nextInt(3_000)];
            dice.nextBytes(garbage);
            byte[] start = {22, 3, 3, (byte) dice.nextInt(64), (byte) dice.nextInt(256)};
            System.arraycopy(start, 0, garbage, 0, Math.min(garbage.length, dice.nextInt(6)));
            RawPeer peer = keep(new RawPeer(loop.local()));
            peer.write(garbage);
            peer.finishOutput();
        }
        await().until(() -> loop.seen().faults().size() == 50);
        assertThat(loop.seen().faultKinds()).containsOnly(TransportFault.HANDSHAKE_FAILED);
        requireServing(listen(ours()), loop);
    }

    @Test
    void garbageInsideIsBadFraming() throws Exception {
        TestLoop loop = listen(ours());
        TlsPeer peer = keep(TlsPeer.with(node, ours, loop.local(), "TLSv1.3"));
        requireServing(loop, peer);
        peer.write(new byte[] {0x7f, 0, 0, 0});
        await().until(() -> !loop.seen().closed().isEmpty());
        assertThat(loop.seen().faultKinds()).containsExactly(TransportFault.BAD_FRAMING);
    }

    @Test
    void renegotiationEndsTheConnection() throws Exception {
        TestLoop loop = listen(ours());
        TlsPeer peer = keep(TlsPeer.with(node, ours, loop.local(), "TLSv1.2"));
        requireServing(loop, peer);
        assertThatThrownBy(() -> {
                    peer.startHandshake();
                    peer.readFrame();
                })
                .isInstanceOf(IOException.class);
        assertThat(awaitDistrust(loop)).startsWith("it wants to renegotiate");
        assertThat(loop.seen().closed()).hasSize(1);
        requireServing(listen(ours()), loop);
    }

    @Test
    void keysAreRenewedWithinAConnection() throws Exception {
        TestLoop loop = listen(ours());
        TlsPeer peer = keep(TlsPeer.with(node, ours, loop.local(), "TLSv1.3"));
        for (int i = 0; i < 20; i++) {
            requireServing(loop, peer);
            peer.startHandshake();
        }
        requireServing(loop, peer);
        assertThat(loop.seen().accepted()).hasSize(1);
        assertThat(loop.seen().faults()).isEmpty();
    }

    @Test
    void frameInRecordsOfOneByteArrivesWhole() throws Exception {
        TestLoop loop = listen(ours());
        TlsPeer peer = keep(TlsPeer.with(node, ours, loop.local(), "TLSv1.3"));
        for (byte b : new byte[] {0, 0, 0, 3, 1, 2, 3}) {
            peer.write(new byte[] {b});
        }
        await().until(() -> loop.seen().contents().contains(Content.of(new byte[] {1, 2, 3})));
    }

    @Test
    void slowReaderLosesWholeFramesAndBlocksOnlyItself() throws Exception {
        TestLoop loop =
                listen(new TlsTransportProvider(), new StreamLimits(8, 1 << 19, Duration.ofSeconds(30)), ours());
        TlsPeer slow = keep(TlsPeer.with(node, ours, loop.local(), "TLSv1.3"));
        slow.writeFrame(new byte[1]);
        await().until(() -> loop.seen().frames().size() == 1);
        int sent = 0;
        while (loop.seen().faults().size() < 10) {
            loop.run(
                    t -> t.send(loop.seen().frames().get(0).from(), ByteBuffer.allocate(StreamLimits.MAX_FRAME_BYTES)));
            sent++;
            assertThat(sent).as("frames without any bound").isLessThan(10_000);
        }
        assertThat(loop.seen().faultKinds()).containsOnly(TransportFault.OUTPUT_FULL);
        TestLoop other = listen(ours());
        other.send(loop.local(), new byte[3]);
        await().until(() -> loop.seen().frames().size() == 2);
        int taken = sent - loop.seen().faults().size();
        for (int i = 0; i < taken; i++) {
            assertThat(slow.readFrame().size()).isEqualTo(StreamLimits.MAX_FRAME_BYTES);
        }
    }

    @Test
    void nodeWithoutCertificateDoesNotStart() throws Exception {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> listen(Authority.settings(directory, null, ours)))
                .withMessageContaining("needs a certificate")
                .withMessageContaining("tls-certificate");
    }

    private static TransportSettings ours() throws Exception {
        return Authority.settings(directory, node, ours);
    }

    private TestLoop listen(TransportSettings settings) throws IOException {
        return listen(new TlsTransportProvider(), TestLoop.WIDE_LIMITS, settings);
    }

    private TestLoop listen(TransportProvider provider, StreamLimits limits, TransportSettings settings)
            throws IOException {
        return keep(TestLoop.open(provider, RawPeer.address("127.0.0.1", 0), limits, settings));
    }

    private static String awaitDistrust(TestLoop loop) {
        await().until(() -> loop.seen().faultKinds().contains(TransportFault.HANDSHAKE_FAILED));
        Fault fault = loop.seen().faults().get(0);
        assertThat(loop.seen().faults()).hasSize(1);
        return fault.cause().toString();
    }

    private static void requireServing(TestLoop from, TestLoop to) {
        int before = to.seen().frames().size();
        from.send(to.local(), new byte[9]);
        await().until(() -> to.seen().frames().size() > before);
        to.send(to.seen().frames().get(before).from(), new byte[5]);
        await().until(() -> from.seen().contents().contains(Content.of(new byte[5])));
    }

    private static void requireServing(TestLoop loop, TlsPeer peer) throws IOException {
        int before = loop.seen().frames().size();
        peer.writeFrame(new byte[9]);
        await().until(() -> loop.seen().frames().size() > before);
        loop.send(loop.seen().frames().get(before).from(), new byte[5]);
        assertThat(peer.readFrame().size()).isEqualTo(5);
    }
}
