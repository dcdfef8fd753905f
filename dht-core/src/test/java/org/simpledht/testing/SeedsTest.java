package org.simpledht.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.simpledht.Dht;
import org.simpledht.DhtConfig;

class SeedsTest {

    private static final Pattern PROPERTY = Pattern.compile("-D(dht\\.[\\w.-]+)=(\\d+)");

    private final List<Long> seeds = new ArrayList<>();
    private String one;
    private String first;
    private String count;

    /** Whoever replays another test by its seed is not to break these. */
    @BeforeEach
    void withoutProperties() {
        one = System.clearProperty(Seeds.ONE);
        first = System.clearProperty(Seeds.FIRST);
        count = System.clearProperty(Seeds.COUNT);
    }

    @AfterEach
    void withThemAgain() {
        restore(Seeds.ONE, one);
        restore(Seeds.FIRST, first);
        restore(Seeds.COUNT, count);
    }

    private static void restore(String name, String value) {
        if (value == null) {
            System.clearProperty(name);
        } else {
            System.setProperty(name, value);
        }
    }

    private void failAt17(SimulatedNetwork network) throws IOException {
        seeds.add(network.seed());
        Dht.start(DhtConfig.defaults(), network.host("lonely"));
        network.advance(Duration.ofSeconds(1));
        if (network.seed() == 17) {
            throw new IOException("it broke");
        }
    }

    private AssertionError failure() {
        return catchThrowableOfType(
                AssertionError.class, () -> Seeds.from(11, 100).forEach(this::failAt17));
    }

    @Test
    void allRunOneAfterTheOther() {
        Seeds.from(3, 4).forEach(network -> seeds.add(network.seed()));
        assertThat(seeds).containsExactly(3L, 4L, 5L, 6L);
    }

    @Test
    void theFirstThatFailsIsToldWithItsCommandAndStory() {
        AssertionError failure = failure();
        assertThat(seeds).containsExactly(11L, 12L, 13L, 14L, 15L, 16L, 17L);
        assertThat(failure)
                .hasMessageStartingWith("seed 17 fails: java.io.IOException: it broke\n")
                .hasMessageContaining("lonely is 10.0.0.1")
                .hasRootCauseMessage("it broke");
        assertThat(failure.getMessage().lines())
                .contains("  mvn test -pl dht-core -am -Dtest=SeedsTest#theFirstThatFailsIsToldWithItsCommandAndStory"
                        + " -Dsurefire.failIfNoSpecifiedTests=false -Ddht.seed=17");
    }

    @Test
    void whatTheCommandSetsRunsThatSeedAlone() {
        Matcher property = PROPERTY.matcher(failure().getMessage());
        assertThat(property.find()).isTrue();
        seeds.clear();
        System.setProperty(property.group(1), property.group(2));

        assertThat(failure()).hasMessageStartingWith("seed 17 fails");
        assertThat(seeds).containsExactly(17L);
    }

    @Test
    void moreRunIfToldTo() {
        System.setProperty(Seeds.COUNT, "6");
        Seeds.from(3, 4).forEach(network -> seeds.add(network.seed()));
        assertThat(seeds).containsExactly(3L, 4L, 5L, 6L, 7L, 8L);
    }

    @Test
    void othersRunIfToldTo() {
        System.setProperty(Seeds.FIRST, "50");
        Seeds.from(3, 2).forEach(network -> seeds.add(network.seed()));
        assertThat(seeds).containsExactly(50L, 51L);
    }

    @Test
    void propertyOfANodesSeedsIsNoNumberOfSeeds() {
        System.setProperty(Seeds.COUNT, "6");
        assertThat(DhtConfig.fromEnvironment().build().seeds()).isEmpty();
    }

    @Test
    void commandOfTheCallerComesBeforeOurs() {
        assertThatThrownBy(() ->
                        Seeds.from(17, 1).replayedBy("./again {seed} --fast").forEach(this::failAt17))
                .hasMessageContaining("\n  ./again 17 --fast\n");
    }

    @Test
    void assertionsAreToldInAFewLinesOfTheirOwn() {
        assertThatThrownBy(() -> Seeds.from(1, 1).forEach(network -> {
                    throw new AssertionError("\none\ntwo\nthree\nfour\nfive\nsix\n");
                }))
                .isInstanceOf(AssertionError.class)
                .hasMessageStartingWith("seed 1 fails: one\ntwo\nthree\nfour\nfive …\nreplay it with\n");
    }

    @Test
    void errorsOfTheMachineAreFailuresToo() {
        assertThatThrownBy(() -> Seeds.from(5, 1).forEach(network -> {
                    throw new StackOverflowError();
                }))
                .hasMessageStartingWith("seed 5 fails: java.lang.StackOverflowError\nreplay it with\n")
                .hasCauseInstanceOf(StackOverflowError.class);
    }

    @Nested
    class InANestedClass {
        @Test
        void theCommandIsQuotedForAShell() {
            assertThat(failure().getMessage())
                    .contains("-Dtest='SeedsTest$InANestedClass#theCommandIsQuotedForAShell' ");
        }
    }

    @Test
    void moduleIsNamedFromTheTopmostPom(@TempDir Path directory) throws IOException {
        Path classes = Files.createDirectories(directory.resolve("top/libs/one/target/test-classes"));
        assertThat(ReplayCommand.module(classes)).isEmpty();
        Files.createFile(directory.resolve("top/libs/one/pom.xml"));
        assertThat(ReplayCommand.module(classes)).as("it is the topmost").isEmpty();
        Files.createFile(directory.resolve("top/libs/pom.xml"));
        Files.createFile(directory.resolve("top/pom.xml"));
        assertThat(ReplayCommand.module(classes)).isEqualTo(" -pl libs/one -am");
    }

    @Test
    void mistakesAreRefused() {
        assertThatThrownBy(() -> Seeds.from(1, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("count is 0, but must be from 1");
        assertThatThrownBy(() -> Seeds.from(1, 1).replayedBy("mvn test"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("{seed}");
        System.setProperty(Seeds.ONE, "seventeen");
        assertThatThrownBy(() -> Seeds.from(1, 1).forEach(network -> {}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("dht.seed is \"seventeen\", but must be a whole number");
        System.clearProperty(Seeds.ONE);
        System.setProperty(Seeds.FIRST, "fifty");
        assertThatThrownBy(() -> Seeds.from(1, 1).forEach(network -> {}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("dht.first-seed is \"fifty\", but must be a whole number");
    }
}
