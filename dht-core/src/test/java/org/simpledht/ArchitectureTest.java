package org.simpledht;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.simpledht.core.Node;

/**
 * The walls of docs/ARCHITECTURE.md: imports point down only, and the state machine and the protocol are free of sockets,
 * threads, clocks, locks, loggers and dice.
 */
class ArchitectureTest {

    private static final String ROOT = "org.simpledht";
    private static final String TYPES = "org.simpledht.types";
    private static final String PROTOCOL = "org.simpledht.protocol";
    private static final String CORE = "org.simpledht.core";
    private static final String STORE = "org.simpledht.core.store";
    private static final String TRANSPORT = "org.simpledht.transport";
    private static final String TESTING = "org.simpledht.testing";

    /** What each package may know of ours, besides itself. */
    private static final Map<String, Set<String>> MAY_KNOW = Map.of(
            TYPES, Set.of(),
            PROTOCOL, Set.of(TYPES),
            TRANSPORT, Set.of(TYPES),
            STORE, Set.of(PROTOCOL, TYPES),
            CORE, Set.of(STORE, PROTOCOL, TYPES),
            ROOT, Set.of(CORE, STORE, PROTOCOL, TRANSPORT, TYPES),
            TESTING, Set.of(ROOT, TRANSPORT, TYPES));

    /** Packages where everything comes in as an argument. */
    private static final Set<String> WITHOUT_EFFECTS = Set.of(PROTOCOL, STORE, CORE);

    private static final Pattern FORBIDDEN_TYPES = Pattern.compile("java\\.net\\..*"
            + "|java\\.nio\\.channels\\..*|java\\.nio\\.file\\..*|java\\.io\\.(?!Serializable$).*"
            + "|java\\.util\\.concurrent\\..*|java\\.util\\.Timer.*"
            + "|java\\.lang\\.(Thread.*|Runtime|Process.*)"
            + "|java\\.time\\.(Clock|Instant|Local.*|Zoned.*|Offset.*)|java\\.util\\.(Date|Calendar)"
            + "|java\\.util\\.(Random|SplittableRandom|UUID)|java\\.util\\.random\\.(?!RandomGenerator$).*"
            + "|java\\.security\\.SecureRandom"
            + "|org\\.slf4j\\..*|java\\.util\\.logging\\..*|java\\.lang\\.System\\$Logger.*");

    private static final Pattern FORBIDDEN_MEMBERS = Pattern.compile("java\\.lang\\.System\\.(?!arraycopy$).*"
            + "|java\\.lang\\.Math\\.random|java\\.lang\\.StrictMath\\.random"
            + "|java\\.util\\.Collections\\.shuffle"
            + "|java\\.util\\.random\\.RandomGenerator\\.(of|getDefault)"
            + "|java\\.lang\\.Object\\.(wait|notify|notifyAll)");

    /** A package of ours that is no application's business. */
    private static final Pattern BELOW_THE_API =
            Pattern.compile("\\borg\\.simpledht\\.(?!types\\b|cli\\b)[a-z]\\w*\\b");

    /** Each with its reason. */
    private static final Map<String, Set<String>> EXCEPTIONS = Map.of(
            // The application reads the table without asking the loop.
            "org.simpledht.core.store.Subtree", Set.of("java.util.concurrent.atomic.AtomicReferenceArray"));

    @Test
    void everyPackageKeepsToItsRoom() throws IOException {
        List<ClassDependencies> classes = ClassDependencies.under(Path.of("target", "classes"));
        assertThat(classes)
                .extracting(ClassDependencies::packageName)
                .as("the packages of dht-core")
                .containsOnly(MAY_KNOW.keySet().toArray(String[]::new));
        assertThat(classes).allSatisfy(each -> assertThat(violations(each, each.packageName()))
                .as(each.name())
                .isEmpty());
    }

    @Test
    void commandLineUsesThePublicApiAlone() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("..", "dht-cli", "src", "main", "java"))) {
            List<Path> sources =
                    files.filter(file -> file.toString().endsWith(".java")).toList();
            assertThat(sources).isNotEmpty().allSatisfy(source -> assertThat(BELOW_THE_API
                            .matcher(Files.readString(source))
                            .results()
                            .map(MatchResult::group))
                    .as(source.toString())
                    .isEmpty());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "import org.simpledht.core.Node;",
                "import org.simpledht.transport.*;",
                "org.simpledht.protocol.Message message;"
            })
    void importFromBelowTheApiIsNoticed(String line) {
        assertThat(BELOW_THE_API.matcher(line).find()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"import org.simpledht.Dht;", "import org.simpledht.types.Hash;", "package org.simpledht.cli;"})
    void importOfTheApiIsFine(String line) {
        assertThat(BELOW_THE_API.matcher(line).find()).isFalse();
    }

    @Test
    void theStateMachineIsAmongWhatIsLookedAt() throws IOException {
        assertThat(ClassDependencies.under(Path.of("target", "classes")))
                .extracting(ClassDependencies::name)
                .contains(Node.class.getName(), Node.class.getName() + "$Sizes");
    }

    @ParameterizedTest
    @ValueSource(strings = {TYPES, PROTOCOL, TRANSPORT, CORE})
    void knowingWhatIsAboveIsNoticed(String room) {
        assertThat(violations(ClassDependencies.of(Planted.Upwards.class), room))
                .contains("knows org.simpledht.Dht");
    }

    @Test
    void transportMayNotKnowTheProtocol() {
        assertThat(violations(ClassDependencies.of(Planted.Codec.class), TRANSPORT))
                .contains("knows org.simpledht.protocol.FrameCodec");
        assertThat(violations(ClassDependencies.of(Planted.Codec.class), CORE)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {PROTOCOL, CORE})
    void effectsAreNoticed(String room) {
        assertThat(violations(ClassDependencies.of(Planted.Effects.class), room))
                .contains(
                        "knows java.net.Socket",
                        "knows java.nio.channels.Selector",
                        "knows java.lang.Thread",
                        "knows java.util.concurrent.locks.ReentrantLock",
                        "knows org.slf4j.Logger",
                        "knows java.time.Instant",
                        "knows java.util.Random",
                        "knows java.security.SecureRandom",
                        "knows java.util.concurrent.ThreadLocalRandom",
                        "uses java.lang.System.nanoTime",
                        "uses java.lang.System.currentTimeMillis",
                        "uses java.lang.Math.random",
                        "is synchronized");
    }

    @Test
    void lockOfAMethodIsNoticed() {
        assertThat(violations(ClassDependencies.of(Planted.LockedMethod.class), CORE))
                .containsExactly("is synchronized");
    }

    @Test
    void whatTheStoreMayKnowNobodyElseMay() {
        assertThat(violations(ClassDependencies.of(Planted.SharedTable.class), CORE))
                .contains("knows java.util.concurrent.ConcurrentHashMap");
    }

    @Test
    void timeAndDiceAsArgumentsAreFine() {
        assertThat(violations(ClassDependencies.of(Planted.Arguments.class), CORE))
                .isEmpty();
    }

    /** What a class would do wrong if it stood in that package. */
    private static List<String> violations(ClassDependencies type, String room) {
        List<String> violations = new ArrayList<>();
        boolean withoutEffects = WITHOUT_EFFECTS.contains(room);
        Set<String> excepted = EXCEPTIONS.getOrDefault(type.name().replaceAll("\\$.*", ""), Set.of());
        for (String known : type.types()) {
            String itsRoom = ClassDependencies.packageOf(known);
            boolean ours = MAY_KNOW.containsKey(itsRoom) && !isPlanted(known);
            boolean wrongRoom =
                    ours && !itsRoom.equals(room) && !MAY_KNOW.get(room).contains(itsRoom);
            boolean effect = withoutEffects && FORBIDDEN_TYPES.matcher(known).matches();
            if (wrongRoom || effect && !excepted.contains(known)) {
                violations.add("knows " + known);
            }
        }
        if (withoutEffects) {
            type.members().stream()
                    .filter(member -> FORBIDDEN_MEMBERS.matcher(member).matches())
                    .forEach(member -> violations.add("uses " + member));
            if (type.isSynchronized()) {
                violations.add("is synchronized");
            }
        }
        return violations;
    }

    private static boolean isPlanted(String type) {
        return type.startsWith(Planted.class.getName()) || type.equals(ArchitectureTest.class.getName());
    }

    /** Violations, so that the guard is known to be able to fail. */
    private static final class Planted {

        static final class Upwards {
            Dht dht;
        }

        static final class Codec {
            int size(org.simpledht.protocol.Frame frame) {
                return org.simpledht.protocol.FrameCodec.size(frame);
            }
        }

        static final class Effects {
            private java.net.Socket socket;
            private java.nio.channels.Selector selector;
            private final org.slf4j.Logger log = org.slf4j.LoggerFactory.getLogger("planted");
            private final java.util.concurrent.locks.ReentrantLock lock =
                    new java.util.concurrent.locks.ReentrantLock();

            long effects() {
                Thread.yield();
                long sum = System.nanoTime() + System.currentTimeMillis() + (long) Math.random();
                sum += java.time.Instant.now().getNano() + new java.util.Random().nextInt();
                sum += new java.security.SecureRandom().nextInt()
                        + ThreadLocalRandom.current().nextInt();
                synchronized (lock) {
                    return sum;
                }
            }
        }

        static final class LockedMethod {
            private int count;

            synchronized int next() {
                return count++;
            }
        }

        static final class SharedTable {
            final Map<String, String> table = new java.util.concurrent.ConcurrentHashMap<>();
        }

        static final class Arguments {
            private final java.util.random.RandomGenerator dice;

            Arguments(java.util.random.RandomGenerator dice) {
                this.dice = dice;
            }

            long jittered(long nowNanos, java.time.Duration wait) {
                return nowNanos + wait.toNanos() + dice.nextLong(1_000);
            }
        }
    }
}
