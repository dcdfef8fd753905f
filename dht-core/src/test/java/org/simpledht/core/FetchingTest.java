package org.simpledht.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.simpledht.core.MachineFixture.HELLO;
import static org.simpledht.core.MachineFixture.KEY;
import static org.simpledht.protocol.Message.KEEP_ALIVE;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.simpledht.protocol.ChunkRecord.Chunk;
import org.simpledht.protocol.ChunkRecord.ChunkGet;
import org.simpledht.protocol.Extension.Header;
import org.simpledht.protocol.Frame;
import org.simpledht.protocol.FrameCodec;
import org.simpledht.protocol.Meta;
import org.simpledht.protocol.Version;
import org.simpledht.types.Content;
import org.simpledht.types.Hash;

/** How contents too large for one frame are fetched piece by piece, and how they are served. Alice and bob have one. */
class FetchingTest {

    private record Question(Path to, ChunkGet get) {}

    private final NodeFixture node = new NodeFixture();
    private final Far alice = node.udp("alice");
    private final Far bob = node.udp("bob");
    private final Content large = large(100_000, 1);
    private final Meta version = node.written(KEY, large);
    private final List<Question> questions = new ArrayList<>();
    private Version lastAsked = version.version();

    @BeforeEach
    void meet() {
        alice.greets();
        bob.greets();
        node.out();
        node.connect(this::note);
    }

    @Test
    void sixteenPiecesAreAskedForAtOnce() {
        alice.announces(version);
        node.pass(0);

        assertThat(questions).hasSize(16).allMatch(question -> question.to.equals(alice.path()));
        int piece = questions.get(0).get.length();
        assertThat(piece).isBetween(1_000, 1_200);
        for (int i = 0; i < 16; i++) {
            assertThat(questions.get(i).get).isEqualTo(new ChunkGet(version.version(), i * piece, piece));
        }
    }

    @Test
    void contentIsStoredWhenAllOfItIsHere() {
        alice.announces(version);
        answerAll();

        assertThat(node.machine().store().get(KEY, node.now().unixMillis())).contains(large);
        assertThat(node.machine().store().meta(KEY)).isEqualTo(version);
        assertThat(node.sizes().wants()).isZero();
    }

    @Test
    void piecesOfWhoHasNotAnnouncedThatVersionSpoilNothing() {
        alice.announces(version);
        node.pass(0);
        for (Question question : take()) {
            send(bob, question.get.offset(), Content.of(new byte[question.get.length()]));
            send(bob, question.get.offset(), Content.of(new byte[600]));
            answer(question);
        }
        answerAll();

        assertThat(node.held(KEY)).isNotEqualTo("nothing");
        assertThat(node.counted(Counter.FETCHES_SPOILED)).isZero();
    }

    @Test
    void windowGrowsByOnePerWindowThatCame() {
        alice.announces(version);
        node.pass(0);
        List<Question> first = take();
        first.forEach(this::answer);

        assertThat(take()).hasSizeBetween(16 + 1, 16 + 2);
    }

    @Test
    void pieceThatDoesNotComeIsAskedForAgainAfterHalfASecond() {
        alice.announces(version);
        node.pass(0);
        List<Question> first = take();
        node.pass(499);
        assertThat(questions).isEmpty();
        node.pass(130);

        assertThat(questions).as("half as many").hasSize(8);
        assertThat(questions.get(0)).isEqualTo(first.get(0));
    }

    @Test
    void windowIsNeverLessThanFour() {
        alice.announces(version);
        for (int i = 0; i < 10; i++) {
            node.pass(630);
        }
        take();
        node.pass(630);

        assertThat(questions).hasSize(4);
    }

    @Test
    void piecesAreTakenFromWhoeverHasThatVersion() {
        alice.announces(version);
        node.pass(0);
        take();
        bob.announces(version);
        node.pass(1_000);

        assertThat(questions.stream().map(Question::to)).contains(bob.path());
        answerAll();
        assertThat(node.machine().store().get(KEY, node.now().unixMillis())).contains(large);
    }

    @Test
    void whoHasAnotherVersionByNowIsNotAskedAnyMore() {
        alice.announces(version);
        node.pass(0);
        take();
        alice.announces(Meta.nothing(KEY));
        node.pass(1_900);

        assertThat(questions).isEmpty();
    }

    @Test
    void whoIsGoneIsNotAskedAnyMore() {
        alice.announces(version);
        node.pass(0);
        alice.tells(Header.FLAG_LEAVING, KEEP_ALIVE);
        take();
        node.pass(5_000);

        assertThat(questions).isEmpty();
    }

    @Test
    void versionThatIsGoneWithWhoHadItDoesNotStandInTheWayOfAnother() {
        bob.announces(Meta.of(KEY, version.clock() + 1, version.life(), large(50_000, 2)));
        node.pass(0);
        bob.tells(Header.FLAG_LEAVING, KEEP_ALIVE);
        node.pass(1_500);
        take();
        alice.announces(version);
        node.pass(0);

        assertThat(questions)
                .isNotEmpty()
                .allMatch(question -> question.get.version().equals(version.version()));
    }

    @Test
    void largerVersionTakesThePlaceOfTheSmallerOne() {
        alice.announces(version);
        node.pass(0);
        take();
        Meta later = Meta.of(KEY, version.clock() + 1, version.life(), large(50_000, 2));
        bob.announces(later);
        node.pass(0);

        assertThat(questions)
                .isNotEmpty()
                .allMatch(question -> question.get.version().equals(later.version()));
    }

    @Test
    void contentWhoseDigestIsWrongIsThrownAway() {
        Meta lie = new Meta(KEY, version.clock(), version.digest() + 1, version.life(), version.size());
        alice.announces(lie);
        node.pass(0);
        for (int i = 0; i < 100; i++) {
            take().forEach(this::answer);
        }

        assertThat(node.counted(Counter.FETCHES_SPOILED)).isPositive();
        assertThat(node.machine().store().meta(KEY).isNothing()).isTrue();
        assertThat(node.events()).isEmpty();
    }

    @Test
    void pieceThatNobodyAskedForIsIgnored() {
        alice.announces(version);
        node.pass(0);
        int piece = questions.get(0).get.length();
        send(alice, 1, large.slice(1, piece));
        send(alice, -1, large.slice(0, piece));
        send(alice, 200_000, large.slice(0, piece));
        send(alice, 0, large.slice(0, 0));
        answerAll();

        assertThat(node.machine().store().get(KEY, node.now().unixMillis())).contains(large);
        assertThat(node.counted(Counter.FETCHES_SPOILED)).isZero();
    }

    @Test
    void whoCanSendOnlyShorterPiecesIsAskedForThose() {
        alice.announces(version);
        node.pass(0);
        for (int i = 0; i < 1_000 && node.held(KEY).equals("nothing"); i++) {
            for (Question question : take()) {
                int length = Math.min(700, question.get.length());
                send(alice, question.get.offset(), large.slice(question.get.offset(), length));
            }
            node.pass(1);
        }

        assertThat(node.machine().store().get(KEY, node.now().unixMillis())).contains(large);
    }

    @Test
    void whatMakesNoProgressForFifteenSecondsIsGivenUp() {
        alice.announces(version);
        for (int second = 0; second < 30; second++) {
            node.pass(1_000);
            alice.tells(KEEP_ALIVE);
        }
        take();
        node.pass(5_000);

        assertThat(questions).isEmpty();
        assertThat(node.counted(Counter.FETCHES_GIVEN_UP)).isPositive();
    }

    @Test
    void allThatIsBeingFetchedIsBounded() {
        NodeSettings.Bounds wide = NodeFixture.WIDE;
        NodeSettings.Bounds bounds = new NodeSettings.Bounds(
                8, wide.entries(), wide.storeBytes(), 8, 8, 8, 8, wide.valueBytes(), 2 * large.size());
        NodeFixture tight = new NodeFixture(NodeFixture.settings(0, bounds));
        Far carol = tight.udp("carol");
        for (int i = 0; i < 3; i++) {
            carol.announces(tight.written(new Hash(i), large));
            tight.pass(0);
        }

        assertThat(tight.counted(Counter.FETCHES_REFUSED)).isEqualTo(1);
    }

    @Test
    void pieceIsServedOfTheVersionThatIsHere() {
        node.put(KEY, large);
        alice.echoes();
        Version held = node.machine().store().meta(KEY).version();
        node.out();
        alice.tells(KEEP_ALIVE, new ChunkGet(held, 5_000, 1_000));
        assertThat(node.said()).containsExactly("+KeepAlive [Chunk 2a 5000] [Flow] to alice");
        alice.tells(KEEP_ALIVE, new ChunkGet(new Version(KEY, held.clock() - 1, held.digest()), 5_000, 1_000));

        assertThat(node.said()).containsExactly("+KeepAlive [has 2a] to alice");
    }

    @Test
    void versionThatIsNotHereIsAnsweredWithNothing() {
        alice.tells(KEEP_ALIVE, new ChunkGet(version.version(), 0, 1_000));

        assertThat(node.said()).containsExactly("+KeepAlive [no 2a] to alice");
    }

    @Test
    void questionBeyondTheEndIsHarmless() {
        node.put(KEY, HELLO);
        alice.echoes();
        node.out();
        alice.tells(KEEP_ALIVE, new ChunkGet(node.machine().store().meta(KEY).version(), -1, -1));

        assertThat(node.said()).containsExactly("+KeepAlive [Chunk 2a 5] [Flow] to alice");
    }

    private void answerAll() {
        node.pass(0);
        for (int i = 0; i < 1_000 && node.held(KEY).equals("nothing"); i++) {
            take().forEach(this::answer);
            node.pass(1);
        }
    }

    private void answer(Question question) {
        Far far = question.to.equals(alice.path()) ? alice : bob;
        send(far, question.get.offset(), large.slice(question.get.offset(), question.get.length()));
    }

    private void send(Far far, int offset, Content bytes) {
        Version asked = questions.isEmpty() ? lastAsked : questions.get(0).get.version();
        far.tells(KEEP_ALIVE, new Chunk(asked, offset, bytes));
    }

    private List<Question> take() {
        List<Question> taken = List.copyOf(questions);
        questions.clear();
        if (!taken.isEmpty()) {
            lastAsked = taken.get(0).get.version();
        }
        return taken;
    }

    private void note(Path to, byte[] bytes) {
        Frame frame = (Frame) FrameCodec.decode(ByteBuffer.wrap(bytes));
        frame.extension().ifPresent(extension -> extension.records().forEach(record -> {
            if (record instanceof ChunkGet get) {
                questions.add(new Question(to, get));
            }
        }));
    }

    private static Content large(int size, int seed) {
        byte[] bytes = new byte[size];
        new Random(seed).nextBytes(bytes);
        return Content.of(bytes);
    }
}
