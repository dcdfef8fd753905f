package org.simpledht.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.simpledht.core.MachineFixture.HELLO;
import static org.simpledht.core.MachineFixture.KEY;
import static org.simpledht.core.MachineFixture.OTHER;
import static org.simpledht.protocol.Message.KEEP_ALIVE;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.simpledht.protocol.ExtensionRecord;
import org.simpledht.protocol.Message;
import org.simpledht.protocol.Meta;
import org.simpledht.protocol.Version;
import org.simpledht.types.Content;

/** What a node does when a neighbour pushes, announces or asks for a version. */
class GossipTest extends GossipFixture {

    private static final int LEASE_SECONDS = (int) (NodeFixture.LEASE_MILLIS / 1_000);

    @Test
    void pushThatIsNewIsStoredAndPushedToTheOthers() {
        alice.pushes(version, HELLO);

        assertThat(node.out()).containsExactly("stored 2a hello", "+KeepAlive [Push 2a hello] [Flow] to bob");
        assertThat(node.machine().store().meta(KEY)).isEqualTo(version);
    }

    @Test
    void stampedPutIsAPush() {
        alice.tells(new Message.Put(KEY, HELLO), new ExtensionRecord.Stamp(version.clock(), version.life()));

        assertThat(node.out()).containsExactly("stored 2a hello", "+KeepAlive [Push 2a hello] [Flow] to bob");
    }

    @Test
    void putWithoutStampCouldOnlyBeACopy() {
        alice.tells(new Message.Put(KEY, HELLO));

        assertThat(node.out()).isEmpty();
        assertThat(node.counted(Counter.CLASSIC_FRAMES_OF_OURS)).isEqualTo(1);
    }

    @Test
    void olderPushIsAnsweredWithWhatIsHere() {
        node.put(KEY, OTHER);
        node.out();
        alice.pushes(earlier(), HELLO);

        assertThat(node.out()).containsExactly("+KeepAlive [has 2a] to alice");
        assertThat(node.held(KEY)).isEqualTo("other");
    }

    @Test
    void olderAnnouncementIsAnsweredWithWhatIsHere() {
        node.put(KEY, OTHER);
        node.out();
        alice.announces(earlier());

        assertThat(node.out()).containsExactly("+KeepAlive [has 2a] to alice");
    }

    @Test
    void announcementOfWhatIsHereIsNotAnswered() {
        alice.pushes(version, HELLO);
        node.out();
        bob.announces(version);
        node.pass(800);

        assertThat(node.said()).isEmpty();
    }

    @Test
    void ofTwoWritesAtOneMomentAllKeepTheSame() {
        Meta other = Meta.of(KEY, version.clock(), version.life(), OTHER);
        boolean otherWins = other.isLargerThan(version);
        alice.pushes(version, HELLO);
        bob.pushes(other, OTHER);
        NodeFixture reverse = new NodeFixture();
        reverse.udp("bob").pushes(other, OTHER);
        reverse.udp("alice").pushes(version, HELLO);

        assertThat(List.of(node.held(KEY), reverse.held(KEY))).containsOnly(otherWins ? "other" : "hello");
    }

    @Test
    void getIsAnsweredIfWhatIsHereHasALargerClockOrThenDigest() {
        node.put(KEY, HELLO);
        alice.echoes();
        Version held = node.machine().store().meta(KEY).version();
        node.out();
        assertThat(askedWith(held)).isEmpty();
        assertThat(askedWith(new Version(KEY, held.clock() + 1, 0))).isEmpty();
        assertThat(askedWith(new Version(KEY, held.clock(), held.digest() + 1))).isEmpty();
        String push = "+KeepAlive [Push 2a hello] [Flow] to alice";

        assertThat(askedWith(new Version(KEY, held.clock(), held.digest() - 1))).containsExactly(push);
        assertThat(askedWith(new Version(KEY, held.clock() - 1, -1))).containsExactly(push);
        assertThat(askedWith(Version.nothing(KEY))).containsExactly(push);
    }

    @Test
    void whatHasEndedAlreadyIsNotFetched() {
        Meta ended = Meta.of(KEY, node.now().unixMillis() - 20_000 << 16, 10, HELLO);
        alice.announces(ended);
        node.pass(500);

        assertThat(node.said()).noneMatch(line -> line.contains("Gets"));
        assertThat(node.machine().store().meta(KEY)).isEqualTo(ended);
    }

    @Test
    void whatWasWrittenTooFarAheadIsRefused() {
        long tenSecondsAhead = node.now().unixMillis() + 10_000 << 16;
        refuses(Meta.of(KEY, tenSecondsAhead + (1 << 16), LEASE_SECONDS, HELLO), Counter.METAS_AHEAD);
        alice.pushes(Meta.of(KEY, tenSecondsAhead, 60, HELLO), HELLO);

        assertThat(node.held(KEY)).isEqualTo("hello");
    }

    @Test
    void whatWouldLiveTooLongIsRefused() {
        refuses(Meta.of(KEY, version.clock(), LEASE_SECONDS + 11, HELLO), Counter.METAS_TOO_LONG);
        alice.pushes(Meta.of(KEY, version.clock(), LEASE_SECONDS + 10, HELLO), HELLO);

        assertThat(node.held(KEY)).isEqualTo("hello");
    }

    @Test
    void whatIsNotHeldAnyMoreIsRefused() {
        long longAgo = node.now().unixMillis() - NodeFixture.LEASE_MILLIS << 16;
        refuses(Meta.of(KEY, longAgo, LEASE_SECONDS, HELLO), Counter.METAS_OVER);
    }

    @Test
    void valueBeyondTheLargestIsNotFetched() {
        alice.announces(new Meta(KEY, version.clock(), 1, LEASE_SECONDS, (1 << 20) + 1));
        node.pass(500);

        assertThat(node.said()).isEmpty();
        assertThat(node.counted(Counter.VALUES_TOO_LARGE)).isEqualTo(1);
    }

    private void refuses(Meta meta, Counter counter) {
        alice.pushes(meta, HELLO);
        alice.announces(meta);
        node.pass(500);

        assertThat(node.out()).noneMatch(line -> line.contains("Gets") || line.startsWith("stored"));
        assertThat(node.machine().store().meta(KEY).isNothing()).isTrue();
        assertThat(node.counted(counter)).isEqualTo(2);
    }

    private List<String> askedWith(Version held) {
        alice.tells(KEEP_ALIVE, new ExtensionRecord.Gets(List.of(held)));
        List<String> said = node.said();
        alice.echoes();
        node.out();
        return said;
    }

    private Meta earlier() {
        return Meta.of(KEY, version.clock() - (1_000 << 16), LEASE_SECONDS, Content.ofText("hello"));
    }
}
