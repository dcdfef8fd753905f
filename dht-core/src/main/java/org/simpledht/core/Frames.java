package org.simpledht.core;

import java.util.ArrayList;
import java.util.List;
import org.simpledht.protocol.Extension.Header;
import org.simpledht.protocol.ExtensionRecord;
import org.simpledht.protocol.FrameCodec;
import org.simpledht.protocol.LinkRecord;
import org.simpledht.protocol.Message;
import org.simpledht.protocol.Meta;
import org.simpledht.protocol.Version;
import org.simpledht.types.Hash;

/**
 * Has the records of one turn for one neighbour share frames, each as full as it may be, and puts marks into them: into the
 * last one with what is to be sent again should it get lost, and into one of each quarter window.
 */
final class Frames {

    private static final int FLOW_BYTES = FrameCodec.size(new LinkRecord.Flow(0, 0, 0));
    private static final int META_RECORD_BYTES = FrameCodec.RECORD_HEADER_BYTES;
    private static final int VERSION_BYTES = 24;
    private static final int PUSH_OVERHEAD_BYTES = FrameCodec.RECORD_HEADER_BYTES + 20;

    private static final int CHUNK_OVERHEAD_BYTES = FrameCodec.RECORD_HEADER_BYTES + VERSION_BYTES + 4;

    /** On streams, where frames are large: so that one content does not hold up all else. */
    private static final int MAX_PIECE_BYTES = 1 << 14;

    private final Peer peer;
    private final Sender sender;
    private final Flow flow;
    private final List<ExtensionRecord> records = new ArrayList<>();
    private final List<Meta> metas = new ArrayList<>();
    private final List<Version> gets = new ArrayList<>();
    private int bytes;
    private long added;
    private boolean wantsEcho;
    private boolean owesMark;
    private int sentFrames;
    private Now now;

    Frames(Peer peer, Sender sender, Flow flow) {
        this.peer = peer;
        this.sender = sender;
        this.flow = flow;
    }

    /** Bytes of records in one frame; room is kept for a MAC and what the flow wants. */
    private int room() {
        return sender.maxRecordsBytes(peer.path()) - FLOW_BYTES;
    }

    /** Where they go. */
    int binding() {
        return peer.path().binding();
    }

    int maxPushBytes() {
        return room() - PUSH_OVERHEAD_BYTES;
    }

    int maxPieceBytes() {
        return maxPieceBytes(room());
    }

    /** The largest piece in a frame that has room for so many bytes of records. */
    static int maxPieceBytes(int room) {
        return Math.min(MAX_PIECE_BYTES, room - CHUNK_OVERHEAD_BYTES);
    }

    void begin(Now moment) {
        now = moment;
        sentFrames = 0;
    }

    /** What goes whatever the window says. */
    void add(ExtensionRecord record) {
        makeRoom(FrameCodec.size(record));
        records.add(record);
    }

    void addGet(Version held) {
        makeRoom(VERSION_BYTES + (gets.isEmpty() ? FrameCodec.RECORD_HEADER_BYTES : 0));
        gets.add(held);
    }

    /** Whether the window lets data go. */
    boolean hasRoom() {
        return flow.roomBytes() - bytes > 0;
    }

    void addData(ExtensionRecord record) {
        add(record);
        wantsEcho = true;
    }

    /**
     * A content.
     *
     * @param isSentAgain whether we want to know if it gets lost
     */
    void addPush(ExtensionRecord.Push push, boolean isSentAgain) {
        add(push);
        watch(push.key(), isSentAgain);
    }

    void addMeta(Meta meta, boolean isSentAgain) {
        makeRoom(Meta.BYTES + (metas.isEmpty() ? META_RECORD_BYTES : 0));
        metas.add(meta);
        watch(meta.key(), isSentAgain);
    }

    /** Only when it is certain which frame it is in. */
    private void watch(Hash key, boolean isSentAgain) {
        if (isSentAgain) {
            flow.pushes(key);
            wantsEcho = true;
        }
    }

    private void makeRoom(int more) {
        if (bytes + more > room() && bytes > 0) {
            send(flow.isMarkDue(bytes));
        }
        bytes += more;
        added += more;
    }

    /** How many bytes of records there have been in all. */
    long added() {
        return added;
    }

    private boolean isOurs() {
        return peer.link() != null && peer.link().isOurs();
    }

    private int flags() {
        if (!isOurs()) {
            return Header.FLAG_NO_ROOM;
        }
        return sender.neighbourFlags() | (peer.link().takePlea() ? Header.FLAG_PLEASE : 0);
    }

    /** The last frame goes, if there is anything to say. */
    void end(boolean mustMark) {
        // Also without data: what goes whatever the window says fills it too, and only an echo empties it.
        boolean marks = mustMark || flow.mayMark() && (wantsEcho || owesMark || flow.isMarkDue(bytes));
        if (bytes > 0 || marks || sentFrames == 0) {
            send(marks);
        }
    }

    private void send(boolean marked) {
        if (!gets.isEmpty()) {
            records.add(new ExtensionRecord.Gets(gets));
        }
        if (!metas.isEmpty()) {
            records.add(new ExtensionRecord.Metas(metas));
        }
        if (marked || flow.owesEcho()) {
            records.add(flow.record(marked, now));
        }
        int sent = sender.extended(peer.path(), Message.KEEP_ALIVE, flags(), records, now);
        // The other side counts what comes from a neighbour.
        flow.sent(isOurs() ? sent : 0);
        if (marked) {
            flow.markSent();
        }
        owesMark = !marked && (owesMark || wantsEcho);
        sentFrames++;
        records.clear();
        metas.clear();
        gets.clear();
        bytes = 0;
        wantsEcho = false;
    }
}
