package org.simpledht.testing;

import java.nio.ByteBuffer;
import java.util.List;
import org.simpledht.ClusterKeys;
import org.simpledht.protocol.ClusterKey;
import org.simpledht.protocol.Decoded;
import org.simpledht.protocol.Extension;
import org.simpledht.protocol.Extension.Header;
import org.simpledht.protocol.ExtensionRecord;
import org.simpledht.protocol.Frame;
import org.simpledht.protocol.FrameCodec;
import org.simpledht.protocol.FrameMac;
import org.simpledht.protocol.KeyRing;
import org.simpledht.protocol.Message;
import org.simpledht.protocol.Meta;
import org.simpledht.protocol.Version;
import org.simpledht.types.NetAddress;

/** One who speaks like one of ours, shows where it is, asks for a version that is a little larger than what it says it has, and hears the answer. */
final class Prober implements SimulatedPeer {

    private static final int CLOCK_COUNTER_BITS = 16;

    private static final KeyRing KEYS = KeyRing.of(ClusterKey.of(new byte[ClusterKeys.KEY_BYTES]));

    private final long nodeId;
    private final FrameMac mac;
    private Line line;
    private NetAddress asked;
    private Version ours;
    private long clock;
    private long token;
    private boolean answered;

    /**
     * @param isKeyed whether it has the key of {@link Ours}
     */
    Prober(long nodeId, boolean isKeyed) {
        this.nodeId = nodeId;
        mac = isKeyed ? new FrameMac(KEYS, nodeId) : null;
    }

    /** Of two versions of one clock it has the smaller one. */
    void ask(NetAddress of, Meta theirs, long unixMillis) {
        asked = of;
        ours = new Version(theirs.key(), theirs.clock(), theirs.digest() - 1);
        clock = unixMillis << CLOCK_COUNTER_BITS;
        ask();
    }

    private void ask() {
        Header header = new Header(Header.FLAG_NEIGHBOUR, nodeId, clock++, token);
        List<ExtensionRecord> records = List.of(new ExtensionRecord.Gets(List.of(ours)));
        Frame frame = Frame.extended(Message.KEEP_ALIVE, new Extension(header, records));
        ByteBuffer out = ByteBuffer.allocate(FrameCodec.size(frame) + (mac == null ? 0 : FrameCodec.MAC_BYTES));
        if (mac == null) {
            FrameCodec.encode(frame, out);
        } else {
            FrameCodec.encode(frame, mac, 0, out);
        }
        line.send(asked, out.array());
    }

    boolean isAnswered() {
        return answered;
    }

    @Override
    public void receive(NetAddress from, byte[] bytes, Line there) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        Decoded decoded = mac == null ? FrameCodec.decode(in) : FrameCodec.decode(in, mac);
        if (decoded instanceof Frame frame && frame.extension().isPresent()) {
            for (ExtensionRecord record : frame.extension().get().records()) {
                answered |= record instanceof ExtensionRecord.Push push
                        && push.key().equals(ours.key());
                answered |= record instanceof ExtensionRecord.Metas metas
                        && metas.metas().stream().anyMatch(meta -> meta.key().equals(ours.key()));
                if (record instanceof ExtensionRecord.Token theirs && theirs.cookie() != token) {
                    // It did not count as long as we had not shown that we are there.
                    token = theirs.cookie();
                    ask();
                }
            }
        }
    }

    @Override
    public void wake(Line there) {
        line = there;
    }
}
