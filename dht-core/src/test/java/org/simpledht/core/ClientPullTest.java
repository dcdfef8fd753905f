package org.simpledht.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.simpledht.core.MachineFixture.KEY;
import static org.simpledht.protocol.Message.KEEP_ALIVE;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.simpledht.protocol.ChunkRecord.Chunk;
import org.simpledht.protocol.Meta;
import org.simpledht.types.Content;

/** How a client fetches what no Put carries. */
class ClientPullTest {

    private static final Pattern QUESTION = Pattern.compile("\\[ChunkGet 2a (\\d+)\\]");
    private static final Content LARGE = random(100_000);

    private final ClientFixture client = new ClientFixture();
    private final Far alice = client.udp("alice");
    private final List<String> ends = new ArrayList<>();
    private final Meta meta = Meta.of(KEY, MachineFixture.START.unixMillis() << 16, 60, LARGE);

    private static Content random(int size) {
        byte[] bytes = new byte[size];
        new Random(1).nextBytes(bytes);
        return Content.of(bytes);
    }

    @Test
    void sixteenPiecesAreAskedForAtATime() {
        begin();

        assertThat(asked()).hasSize(16).startsWith(0);
    }

    @Test
    void eachPieceMakesRoomForTheNext() {
        begin();
        List<Integer> first = asked();
        send(first.get(3), pieceBytes(first));
        client.pass(0);

        assertThat(asked()).containsExactly(16 * pieceBytes(first));
    }

    @Test
    void contentIsFoundWhenAllPiecesAreHereInWhateverOrder() {
        begin();
        pull(piece -> true);

        assertThat(ends).containsExactly("finished 1 FOUND <100000 bytes>");
    }

    @Test
    void lostPiecesAreAskedForAgain() {
        begin();
        Random dice = new Random(2);
        pull(piece -> dice.nextInt(3) > 0);

        assertThat(ends).containsExactly("finished 1 FOUND <100000 bytes>");
    }

    @Test
    void classicQuestionIsNotRepeatedWhilePiecesCome() {
        begin();
        client.pass(900);

        assertThat(client.said()).isNotEmpty().noneMatch(line -> line.startsWith("Get"));
    }

    @Test
    void spoiledContentIsNotFound() {
        begin();
        byte[] bytes = LARGE.toBytes();
        bytes[50_000]++;
        pull(Content.of(bytes), piece -> true);

        assertThat(ends).isEmpty();
    }

    @Test
    void newerVersionIsFetchedInstead() {
        begin();
        client.out();
        alice.answers(new Meta(KEY, meta.clock() + 1, meta.digest(), 60, 70_000));
        client.pass(0);

        assertThat(asked()).hasSize(16).startsWith(0);
    }

    @Test
    void contentThatIsLargerThanTheClientTakesIsDeclined() {
        client.get(1, KEY, alice);
        alice.answers(new Meta(KEY, meta.clock(), 1, 60, ClientFixture.MAX_VALUE_BYTES + 1));

        assertThat(client.events()).containsExactly("finished 1 DECLINED");
    }

    private void begin() {
        client.get(1, KEY, alice);
        client.out();
        alice.answers(meta);
        client.pass(0);
    }

    private interface Arrives {
        boolean test(int piece);
    }

    private void pull(Arrives arrives) {
        pull(LARGE, arrives);
    }

    /** Answers questions, the last one first, until no more come. */
    private void pull(Content content, Arrives arrives) {
        List<Integer> offsets = asked();
        int pieceBytes = pieceBytes(offsets);
        while (!offsets.isEmpty()) {
            Collections.reverse(offsets);
            for (int offset : offsets) {
                if (arrives.test(offset)) {
                    send(content, offset, pieceBytes);
                }
            }
            client.pass(250);
            List<String> out = client.out();
            out.stream().filter(line -> line.startsWith("finished")).forEach(ends::add);
            offsets = offsets(out);
        }
    }

    private void send(int offset, int pieceBytes) {
        send(LARGE, offset, pieceBytes);
    }

    private void send(Content content, int offset, int pieceBytes) {
        int length = Math.min(pieceBytes, content.size() - offset);
        alice.tells(KEEP_ALIVE, new Chunk(meta.version(), offset, content.slice(offset, length)));
    }

    private static int pieceBytes(List<Integer> offsets) {
        return offsets.get(1) - offsets.get(0);
    }

    private List<Integer> asked() {
        return offsets(client.out());
    }

    private static List<Integer> offsets(List<String> lines) {
        List<Integer> offsets = new ArrayList<>();
        for (String line : lines) {
            Matcher question = QUESTION.matcher(line);
            if (question.find()) {
                offsets.add(Integer.valueOf(question.group(1)));
            }
        }
        return offsets;
    }
}
