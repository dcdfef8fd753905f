package org.simpledht.transport.tcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.simpledht.testkit.TestLoop;
import org.simpledht.transport.TransportFault;
import org.simpledht.transport.TransportSettings;
import org.simpledht.types.Content;

/** Certificates, keys and trust that are replaced while a node runs: whom that concerns, and whom not. */
class TlsRereadTest extends Keeping {

    private static final String NEWEST = "TLSv1.3";

    @TempDir
    private static Path directory;

    private static Authority ours;
    private static Authority theirs;
    private static Authority.Identity node;
    private static Authority.Identity renewed;

    @BeforeAll
    static void issue() throws Exception {
        ours = new Authority("ours");
        theirs = new Authority("theirs");
        node = ours.issue("node");
        renewed = ours.issue("node");
    }

    @ParameterizedTest
    @ValueSource(strings = {NEWEST, "TLSv1.2"})
    void renewedCertificateIsShownToWhoComesThen(String protocol) throws Exception {
        TransportSettings settings = Authority.settings(directory, node, ours);
        TestLoop loop = listen(settings);
        TlsPeer before = keep(TlsPeer.with(node, ours, loop.local(), protocol));
        requireServing(loop, before);
        show(settings, renewed);
        assertThat(keep(TlsPeer.with(node, ours, loop.local(), protocol)).shown())
                .as("nobody has asked for it yet")
                .isEqualTo(node.certificate());
        assertThat(loop.reread()).isTrue();

        TlsPeer after = keep(TlsPeer.with(node, ours, loop.local(), protocol));
        assertThat(after.shown()).isEqualTo(renewed.certificate());
        requireServing(loop, after);
        requireServing(loop, before);
        assertThat(before.shown()).isEqualTo(node.certificate());
        assertThat(loop.seen().closed()).isEmpty();
        assertThat(loop.seen().faults()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {NEWEST, "TLSv1.2"})
    void whoIsTrustedNoMoreStaysUntilItLeavesAndIsNotLetInAgain(String protocol) throws Exception {
        TransportSettings settings = Authority.settings(directory, node, ours);
        write(settings, "tls-trust", ours.pem() + theirs.pem());
        TestLoop loop = listen(settings);
        TlsPeer peer = keep(TlsPeer.with(theirs.issue("peer"), ours, loop.local(), protocol));
        requireServing(loop, peer);
        TlsPeer taken = keep(peer.again());
        requireServing(loop, taken);
        assertThat(taken.shown()).as("of the session that was taken up again").isSameAs(peer.shown());
        write(settings, "tls-trust", ours.pem());
        loop.reread();

        requireServing(loop, peer);
        assertThatThrownBy(() -> {
                    // A session of before would let it in without a certificate.
                    TlsPeer again = keep(peer.again());
                    again.writeFrame(new byte[9]);
                    again.readFrame();
                })
                .isInstanceOf(IOException.class);
        await().until(() -> loop.seen().faultKinds().contains(TransportFault.HANDSHAKE_FAILED));
        requireServing(loop, peer);
    }

    @Test
    void nodeThatDialsShowsWhatItHasRead() throws Exception {
        TransportSettings settings = Authority.settings(directory, theirs.issue("node"), ours);
        TestLoop a = listen(settings);
        TestLoop b = listen(Authority.settings(directory, node, ours));
        a.send(b.local(), new byte[9]);
        await().until(() -> !a.seen().closed().isEmpty());
        show(settings, node);
        a.reread();
        a.send(b.local(), new byte[9]);

        await().until(() -> b.seen().frames().size() == 1);
    }

    @Test
    void newcomersAuthorityIsTrustedOnceItIsAdded() throws Exception {
        TransportSettings settings = Authority.settings(directory, node, ours);
        TestLoop loop = listen(settings);
        write(settings, "tls-trust", theirs.pem() + ours.pem());
        loop.reread();

        requireServing(loop, keep(TlsPeer.with(theirs.issue("peer"), ours, loop.local(), NEWEST)));
    }

    @Test
    void wrongFilesAreNamedAndChangeNothing() throws Exception {
        TransportSettings settings = Authority.settings(directory, node, ours);
        TestLoop loop = listen(settings);
        write(settings, "tls-certificate", renewed.certificatePem());
        refuses(loop, "tls-key: ", "the key is not that of the first certificate");
        write(settings, "tls-key", "hunter2");
        refuses(loop, "tls-key: ", "no private key is in it");
        write(settings, "tls-key", renewed.keyPem());
        write(settings, "tls-trust", "");
        refuses(loop, "tls-trust: ", "");
        Files.delete(Path.of(settings.get("tls-trust").orElseThrow()));
        refuses(loop, "tls-trust: there is no file ", "check the path");
        TlsPeer peer = keep(TlsPeer.with(node, ours, loop.local(), NEWEST));
        requireServing(loop, peer);
        assertThat(peer.shown()).isEqualTo(node.certificate());

        write(settings, "tls-trust", ours.pem());
        loop.reread();
        assertThat(keep(TlsPeer.with(node, ours, loop.local(), NEWEST)).shown()).isEqualTo(renewed.certificate());
    }

    private static void refuses(TestLoop loop, String start, String reason) {
        assertThatIllegalArgumentException()
                .isThrownBy(loop::reread)
                .withMessageStartingWith(start)
                .withMessageContaining(reason)
                .withMessageNotContaining("hunter2");
    }

    private static void show(TransportSettings settings, Authority.Identity identity) throws Exception {
        write(settings, "tls-certificate", identity.certificatePem());
        write(settings, "tls-key", identity.keyPem());
    }

    private static void write(TransportSettings settings, String setting, String text) throws IOException {
        Files.writeString(Path.of(settings.get(setting).orElseThrow()), text);
    }

    private TestLoop listen(TransportSettings settings) throws IOException {
        return keep(TestLoop.open(
                new TlsTransportProvider(), RawPeer.address("127.0.0.1", 0), TestLoop.WIDE_LIMITS, settings));
    }

    private static void requireServing(TestLoop loop, TlsPeer peer) throws IOException {
        int before = loop.seen().frames().size();
        peer.writeFrame(new byte[9]);
        await().until(() -> loop.seen().frames().size() > before);
        loop.send(loop.seen().frames().get(before).from(), new byte[5]);
        assertThat(peer.readFrame()).isEqualTo(Content.of(new byte[5]));
    }
}
