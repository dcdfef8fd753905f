package org.simpledht.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.simpledht.testkit.Vector;
import org.simpledht.types.Content;
import org.simpledht.types.Hash;

/** The file's numbers and keys against what computes them. */
class PrimitivesVectorsTest {

    private static final Hash KEY = Hash.parse("0123456789abcdef");
    private static final Content CONTENT = Content.ofText("Hello, world!");
    private static final Meta META = Meta.of(KEY, 1_700_000_000_000L << 16 | 1, 30, CONTENT);
    private static final Cluster BLUE = Cluster.named("blue");

    @Test
    void everyRowIsComputed() {
        Map<String, Content> computed = new LinkedHashMap<>();
        computed.put("digest of the content", number(ContentDigest.of(CONTENT)));
        computed.put("mix64(0123456789abcdef)", number(Mix64.of(KEY.bits())));
        computed.put("k, no cluster name", Content.of(Cluster.UNNAMED.key()));
        computed.put("cluster hash, no name", number(Cluster.UNNAMED.hash()));
        computed.put("k, cluster 'blue'", Content.of(BLUE.key()));
        computed.put("cluster hash, 'blue'", number(BLUE.hash()));
        computed.put("the Meta", bytes(META));
        computed.put(
                "h of the Meta, no cluster name",
                number(Cluster.UNNAMED.sipHash().of(META)));
        computed.put("h of the Meta, cluster 'blue'", number(BLUE.sipHash().of(META)));
        computed.put(
                "key id of key 00..1f",
                Content.of(new byte[] {(byte) ClusterKey.of(counting(32)).id()}));

        Map<String, Content> file = new LinkedHashMap<>();
        Vector.primitives().forEach(row -> file.put(row.name(), row.bytes()));
        assertThat(computed).isEqualTo(file);
    }

    @Test
    void metaIsReadBack() {
        assertThat(Meta.read(bytes(META).asBuffer())).isEqualTo(META);
    }

    static byte[] counting(int length) {
        byte[] bytes = new byte[length];
        IntStream.range(0, length).forEach(i -> bytes[i] = (byte) i);
        return bytes;
    }

    private static Content bytes(Meta meta) {
        ByteBuffer out = ByteBuffer.allocate(Meta.BYTES);
        meta.writeTo(out);
        return Content.of(out.array());
    }

    private static Content number(long value) {
        return Content.of(ByteBuffer.allocate(Long.BYTES).putLong(value).array());
    }
}
