package org.simpledht.core;

import org.simpledht.protocol.ChunkRecord;
import org.simpledht.protocol.Extension;
import org.simpledht.protocol.Extension.Header;
import org.simpledht.protocol.ExtensionRecord;
import org.simpledht.protocol.Frame;
import org.simpledht.protocol.LinkRecord;
import org.simpledht.protocol.Message;
import org.simpledht.types.Hash;

/** Somebody at the other end of a path, and what he must remember to answer as one of ours would. */
final class FuzzedFar {

    private final Path path;
    private final long id;
    private long received;
    private int mark;
    private Hash nonce = new Hash(0);
    private ChunkRecord.ChunkGet askedFor;
    private long cookie;
    private Hash challenge = new Hash(0);

    FuzzedFar(Path path, long id) {
        this.path = path;
        this.id = id;
    }

    Path path() {
        return path;
    }

    long id() {
        return id;
    }

    /** A frame has come to him. */
    void hears(Frame frame, int bytes) {
        if (frame.carrier() instanceof Message.IHave iHave) {
            challenge = iHave.hash();
        }
        Extension extension = frame.extension().orElse(null);
        if (extension == null) {
            return;
        }
        received += extension.header().has(Header.FLAG_NEIGHBOUR) ? bytes : 0;
        for (ExtensionRecord record : extension.records()) {
            if (record instanceof LinkRecord.Flow flow && flow.mark() != 0) {
                mark = flow.mark();
            } else if (record instanceof ExtensionRecord.Ask ask && !ask.keys().isEmpty()) {
                nonce = ask.keys().get(ask.keys().size() - 1);
            } else if (record instanceof ChunkRecord.ChunkGet get) {
                askedFor = get;
            } else if (record instanceof ExtensionRecord.Token token) {
                cookie = token.cookie();
            }
        }
    }

    /** What he has received, and the last mark that he saw. */
    LinkRecord.Flow echo() {
        return new LinkRecord.Flow(received, 0, mark);
    }

    /** By what the last question to him is told apart. */
    Hash nonce() {
        return nonce;
    }

    /** The piece that he was last asked for; null if he never was. */
    ChunkRecord.ChunkGet askedFor() {
        return askedFor;
    }

    /** The cookie that he was told last; 0 before the first one. */
    long cookie() {
        return cookie;
    }

    /** What was announced to him last, and may be a challenge. */
    Hash challenge() {
        return challenge;
    }
}
