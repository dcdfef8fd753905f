package org.simpledht.testing;

import java.nio.ByteBuffer;
import java.util.List;
import org.simpledht.protocol.Extension;
import org.simpledht.protocol.Extension.Header;
import org.simpledht.protocol.ExtensionRecord;
import org.simpledht.protocol.Frame;
import org.simpledht.protocol.FrameCodec;
import org.simpledht.protocol.Message;
import org.simpledht.protocol.Meta;
import org.simpledht.protocol.Version;
import org.simpledht.types.NetAddress;

/** One who speaks like one of ours, shows where it is, asks for a version that is a little larger than what it says it has, and hears the answer. */
final class Prober implements SimulatedPeer {

    private static final int CLOCK_COUNTER_BITS = 16;

    private final long nodeId;
    private Line line;
    private NetAddress asked;
    private Version ours;
    private long clock;
    private long token;
    private boolean answered;

    Prober(long nodeId) {
        this.nodeId = nodeId;
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
        ByteBuffer out = ByteBuffer.allocate(FrameCodec.size(frame));
        FrameCodec.encode(frame, out);
        line.send(asked, out.array());
    }

    boolean isAnswered() {
        return answered;
    }

    @Override
    public void receive(NetAddress from, byte[] bytes, Line there) {
        if (FrameCodec.decode(ByteBuffer.wrap(bytes)) instanceof Frame frame
                && frame.extension().isPresent()) {
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
