package org.simpledht.protocol;

import java.util.Objects;
import org.simpledht.types.Content;

/** By which values travel that are too large for one frame (docs/PROTOCOL.md, "The extension"). */
public sealed interface ChunkRecord extends ExtensionRecord {

    /**
     * Asks for a piece of a version; answered with one {@link Chunk}, or with Metas if that version is no longer here.
     *
     * @param offset unsigned bytes
     * @param length unsigned bytes
     */
    record ChunkGet(Version version, int offset, int length) implements ChunkRecord {
        public ChunkGet {
            Objects.requireNonNull(version, "version");
        }

        @Override
        public void dispatch(Handler handler) {
            handler.chunkGet(this);
        }
    }

    /**
     * A piece of a version.
     *
     * @param offset unsigned bytes
     */
    record Chunk(Version version, int offset, Content bytes) implements ChunkRecord {
        public Chunk {
            Objects.requireNonNull(version, "version");
            ExtensionLayout.requireBody((long) ExtensionLayout.CHUNK_BYTES + bytes.size());
        }

        @Override
        public void dispatch(Handler handler) {
            handler.chunk(this);
        }
    }
}
