package org.simpledht.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.simpledht.protocol.Extension.Header;

class FrameMacTest {

    private static final ClusterKey OLD = key(1);
    private static final ClusterKey NEW = key(2);
    private static final long SENDER = 11;
    private static final long RECEIVER = 12;
    private static final long ANYBODY = 0;
    private static final Frame FRAME = Frame.extended(
            Message.KEEP_ALIVE, new Extension(new Header(0x7e, SENDER, 5, 6), List.of(ExtensionRecord.PRUNE)));

    @Test
    void frameForTheReaderOrForAnybodyIsGenuine() {
        FrameMac reader = new FrameMac(KeyRing.of(OLD), RECEIVER);

        assertThat(headerOf(read(signed(KeyRing.of(OLD), RECEIVER), reader)))
                .isEqualTo(new Header(0x7f, OLD.id(), SENDER, 5, 6));
        assertThat(read(signed(KeyRing.of(OLD), ANYBODY), reader)).isInstanceOf(Frame.class);
    }

    @Test
    void frameForAnotherIsNot() {
        assertThat(read(signed(KeyRing.of(OLD), 13), new FrameMac(KeyRing.of(OLD), RECEIVER)))
                .isEqualTo(Refusal.UNAUTHENTIC);
    }

    @Test
    void everyBitCounts() {
        byte[] bytes = signed(KeyRing.of(OLD), RECEIVER);
        FrameMac reader = new FrameMac(KeyRing.of(OLD), RECEIVER);
        for (int bit = 0; bit < bytes.length * 8; bit++) {
            bytes[bit / 8] ^= (byte) (1 << bit % 8);
            Decoded decoded = read(bytes, reader);
            boolean authentic = decoded instanceof Frame frame
                    && frame.extension().isPresent()
                    && headerOf(decoded).isAuthentic();
            assertThat(authentic).as("bit %d", bit).isFalse();
            bytes[bit / 8] ^= (byte) (1 << bit % 8);
        }
        assertThat(read(bytes, reader)).isInstanceOf(Frame.class);
    }

    /** Only who has the key can make one: clock and token of its header are the MAC of what is before them. */
    @Test
    void macWithinTheHeaderIsNone() {
        ByteBuffer frame = ByteBuffer.allocate(33).put(signed(KeyRing.of(OLD), RECEIVER), 0, 17);
        ByteBuffer covered = ByteBuffer.allocate(4 + 8 + 17).put("sdx1".getBytes(StandardCharsets.US_ASCII));
        covered.putLong(RECEIVER).put(frame.array(), 0, 17);
        frame.put(OLD.newMac().doFinal(covered.array()), 0, 16);

        assertThat(read(frame.array(), new FrameMac(KeyRing.of(OLD), RECEIVER))).isEqualTo(Refusal.UNAUTHENTIC);
    }

    @Test
    void keysAreReplacedWithoutABreak() {
        List<KeyRing> steps = List.of(KeyRing.of(OLD), KeyRing.of(OLD, NEW), KeyRing.of(NEW, OLD), KeyRing.of(NEW));
        for (int i = 0; i < steps.size(); i++) {
            for (int j = 0; j < steps.size(); j++) {
                Decoded decoded = read(signed(steps.get(i), RECEIVER), new FrameMac(steps.get(j), RECEIVER));
                boolean neighbouring = Math.abs(i - j) <= 1;
                boolean known = steps.get(j).keys().contains(steps.get(i).first());
                assertThat(decoded instanceof Frame).isEqualTo(known);
                assertThat(known || !neighbouring).isTrue();
            }
        }
    }

    @Test
    void anotherKeyOfTheSameIdIsAnotherKey() {
        ClusterKey twin = twinOf(OLD);

        assertThat(read(signed(KeyRing.of(twin), RECEIVER), new FrameMac(KeyRing.of(OLD), RECEIVER)))
                .isEqualTo(Refusal.UNAUTHENTIC);
    }

    @Test
    void frameWithoutMacIsReadAndSaysSo() {
        ByteBuffer out = ByteBuffer.allocate(FrameCodec.size(FRAME));
        FrameCodec.encode(FRAME, out);
        Decoded decoded = read(out.array(), new FrameMac(KeyRing.of(OLD), RECEIVER));

        assertThat(decoded).isEqualTo(FRAME);
        assertThat(headerOf(decoded).isAuthentic()).isFalse();
    }

    @Test
    void frameInTheMiddleOfABufferIsSignedAndRead() {
        ByteBuffer room = ByteBuffer.allocate(300).position(7);
        FrameCodec.encode(FRAME, new FrameMac(KeyRing.of(OLD), SENDER), RECEIVER, room);
        int end = room.position();
        room.put((byte) 0x55);

        assertThat(end).isEqualTo(7 + FrameCodec.size(FRAME) + FrameCodec.MAC_BYTES);
        assertThat(room.limit()).isEqualTo(300);
        FrameMac reader = new FrameMac(KeyRing.of(OLD), RECEIVER);
        assertThat(FrameCodec.decode(room.limit(end).position(7), reader)).isInstanceOf(Frame.class);
    }

    @Test
    void classicFrameCannotBeSigned() {
        FrameMac mac = new FrameMac(KeyRing.of(OLD), SENDER);
        assertThatThrownBy(() ->
                        FrameCodec.encode(Frame.classic(Message.KEEP_ALIVE), mac, RECEIVER, ByteBuffer.allocate(100)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void ringHasOneToFourKeysWithIdsOfTheirOwn() {
        assertThatThrownBy(KeyRing::of).isInstanceOf(IllegalArgumentException.class);
        List<ClusterKey> five = new ArrayList<>();
        Set<Integer> ids = new HashSet<>();
        for (int i = 0; five.size() < 5; i++) {
            if (ids.add(key(i).id())) {
                five.add(key(i));
            }
        }
        assertThat(new KeyRing(five.subList(0, 4)).first()).isSameAs(five.get(0));
        assertThatThrownBy(() -> new KeyRing(five)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> KeyRing.of(OLD, twinOf(OLD))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ClusterKey.of(new byte[0])).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void idIsNeverZero() {
        Set<Integer> ids = new HashSet<>();
        for (int i = 0; i < 10_000; i++) {
            ids.add(key(i).id());
        }
        assertThat(ids).hasSize(255).doesNotContain(0);
    }

    @Test
    void noTextShowsAKey() {
        byte[] secret = "correct horse battery".getBytes(StandardCharsets.US_ASCII);
        ClusterKey key = ClusterKey.of(secret);
        KeyRing ring = KeyRing.of(key);

        assertThat(key).hasToString("ClusterKey[id " + key.id() + "]");
        assertThat(ring).hasToString("KeyRing[keys=[ClusterKey[id " + key.id() + "]]]");
        assertThat(new FrameMac(ring, 1).toString()).doesNotContain("horse");
    }

    @Test
    void keyDoesNotChangeWithTheArrayItWasMadeOf() {
        byte[] bytes = {1, 2, 3};
        ClusterKey key = ClusterKey.of(bytes);
        byte[] before = signed(KeyRing.of(key), RECEIVER);
        bytes[0] = 9;

        assertThat(signed(KeyRing.of(key), RECEIVER)).isEqualTo(before);
    }

    private static ClusterKey key(int number) {
        return ClusterKey.of(ByteBuffer.allocate(4).putInt(number).array());
    }

    private static ClusterKey twinOf(ClusterKey key) {
        for (int i = 1_000; ; i++) {
            if (key(i).id() == key.id()) {
                return key(i);
            }
        }
    }

    private static byte[] signed(KeyRing ring, long receiverId) {
        ByteBuffer out = ByteBuffer.allocate(FrameCodec.size(FRAME) + FrameCodec.MAC_BYTES);
        FrameCodec.encode(FRAME, new FrameMac(ring, SENDER), receiverId, out);
        return out.array();
    }

    private static Decoded read(byte[] bytes, FrameMac mac) {
        return FrameCodec.decode(ByteBuffer.wrap(bytes), mac);
    }

    private static Header headerOf(Decoded decoded) {
        return ((Frame) decoded).extension().orElseThrow().header();
    }
}
