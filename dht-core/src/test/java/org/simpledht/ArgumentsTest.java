package org.simpledht;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.simpledht.testing.SimulatedNetwork;
import org.simpledht.types.Content;
import org.simpledht.types.Hash;

/** A wrong argument is the caller's trouble, on the caller's thread, and never the node's. */
class ArgumentsTest {

    private static final Hash KEY = Hash.parse("2a");
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final SimulatedNetwork network = SimulatedNetwork.ofSeed(1);
    private final DhtRuntime host = network.host("a");
    private final Dht dht = Dht.start(DhtConfig.defaults(), host);
    private final DhtClient client = DhtClient.connect("a:4000", DhtConfig.defaults(), network.host("b"));
    private final Map<Class<?>, Object> samples = Map.ofEntries(
            Map.entry(Hash.class, KEY),
            Map.entry(Content.class, Content.ofText("text")),
            Map.entry(String.class, "a:4000"),
            Map.entry(String[].class, new String[] {"a:4000"}),
            Map.entry(byte[].class, new byte[1]),
            Map.entry(Duration.class, SECOND),
            Map.entry(DhtConfig.class, DhtConfig.defaults()),
            Map.entry(DhtLimits.class, DhtLimits.DEFAULTS),
            Map.entry(ClusterKeys.class, ClusterKeys.none()),
            Map.entry(DhtRuntime.class, host),
            Map.entry(DhtListener.class, new DhtListener() {}),
            Map.entry(Properties.class, new Properties()),
            Map.entry(Path.class, Path.of("none")),
            Map.entry(int.class, 1),
            Map.entry(boolean.class, true));

    static Stream<Method> publicMethods() {
        return Stream.of(Dht.class, DhtClient.class, DhtConfig.class, DhtConfig.Builder.class)
                .flatMap(type -> Arrays.stream(type.getDeclaredMethods()))
                .filter(method -> Modifier.isPublic(method.getModifiers()) && !method.isSynthetic())
                .filter(method -> !method.getName().equals("equals"))
                .filter(method -> Arrays.stream(method.getParameterTypes()).anyMatch(type -> !type.isPrimitive()));
    }

    @ParameterizedTest
    @MethodSource("publicMethods")
    void nullIsRefusedUnderItsName(Method method) throws IllegalAccessException {
        for (int i = 0; i < method.getParameterCount(); i++) {
            if (!method.getParameterTypes()[i].isPrimitive()) {
                Object[] arguments = samples(method);
                arguments[i] = null;
                assertNamesTheArgument(method, arguments);
            }
            if (method.getParameterTypes()[i] == String[].class) {
                Object[] arguments = samples(method);
                arguments[i] = new String[] {"a:4000", null};
                assertNamesTheArgument(method, arguments);
            }
        }
        assertBothAlive();
    }

    private Object[] samples(Method method) {
        return Arrays.stream(method.getParameterTypes()).map(samples::get).toArray();
    }

    private void assertNamesTheArgument(Method method, Object[] arguments) throws IllegalAccessException {
        Object target = Stream.of(dht, client, DhtConfig.defaults(), DhtConfig.builder())
                .filter(method.getDeclaringClass()::isInstance)
                .findFirst()
                .orElseThrow();
        try {
            method.invoke(target, arguments);
            assertThat(arguments).as("arguments that should have been refused").isEmpty();
        } catch (InvocationTargetException e) {
            assertThat(e.getCause()).as(Arrays.toString(arguments)).isInstanceOf(NullPointerException.class);
            assertThat(e.getCause().getMessage()).matches("[a-z][A-Za-z]*");
        }
    }

    @Test
    void nullTextsAndCollectionsOfAConfigurationAreRefusedUnderTheirNames() {
        DhtConfig config = DhtConfig.defaults();
        assertThatNullPointerException()
                .isThrownBy(() -> new DhtConfig(
                        "udp",
                        null,
                        List.of(),
                        List.of(),
                        SECOND,
                        SECOND,
                        SECOND,
                        List.of(),
                        "",
                        ClusterKeys.none(),
                        false,
                        config.limits(),
                        config.transportSettings()))
                .withMessage("bind");
        assertThatNullPointerException()
                .isThrownBy(() -> new DhtConfig(
                        "udp",
                        config.bind(),
                        null,
                        List.of(),
                        SECOND,
                        SECOND,
                        SECOND,
                        List.of(),
                        "",
                        ClusterKeys.none(),
                        false,
                        config.limits(),
                        config.transportSettings()))
                .withMessage("seeds");
    }

    static Stream<Duration> tooShort() {
        return Stream.of(Duration.ZERO, Duration.ofNanos(-1), Duration.ofSeconds(Long.MIN_VALUE));
    }

    @ParameterizedTest
    @MethodSource("tooShort")
    void timeoutThatIsNoneIsRefused(Duration timeout) {
        List<Runnable> calls = List.of(
                () -> dht.get(KEY, timeout),
                () -> dht.getAsync(KEY, timeout),
                () -> dht.awaitPeers(1, timeout),
                () -> client.get(KEY, timeout),
                () -> client.put(KEY, Content.ofText("text"), timeout),
                () -> client.discover("a:4000", timeout));
        for (Runnable call : calls) {
            assertThatIllegalArgumentException()
                    .isThrownBy(call::run)
                    .withMessage("timeout is " + timeout + ", but must be longer than zero");
        }
        assertBothAlive();
    }

    @Test
    void contentThatIsHereNeedsAGoodTimeoutToo() {
        dht.put(KEY, "here");

        assertThatIllegalArgumentException().isThrownBy(() -> dht.get(KEY, Duration.ZERO));
    }

    @Test
    void timeoutMayBeAsLongAsItLikes() {
        Duration longest = Duration.ofSeconds(Long.MAX_VALUE, 999_999_999);
        dht.put(KEY, "here");
        Dht other = Dht.start(DhtConfig.builder().seeds("a:4000").build(), network.host("c"));

        assertThat(other.awaitPeers(1, longest)).isTrue();
        assertThat(other.get(KEY, longest)).isPresent();
        assertThat(client.get(KEY, longest)).isPresent();
        assertThatCode(() -> client.put(KEY, Content.ofText("new"), longest)).doesNotThrowAnyException();
        assertBothAlive();
    }

    @Test
    void defectInACallEndsTheCallAndTheNode() {
        List<String> ends = new ArrayList<>();
        Loop loop = new Loop(host, "broken", 16, TransportTerms.of(DhtConfig.defaults(), true));
        loop.start(
                new org.simpledht.core.Client(
                        1,
                        List.of(),
                        java.util.Optional.empty(),
                        1,
                        NodeSetup.secret(host),
                        new java.util.SplittableRandom(1),
                        loop.now()),
                new ClientDriver(loop, new Tickets()),
                false);
        IndexOutOfBoundsException defect = new IndexOutOfBoundsException("on purpose");
        var call = Call.begin(loop, (future, now) -> {
            throw defect;
        });
        call.whenComplete((value, failure) -> ends.add(String.valueOf(failure)));

        assertThat(catchThrowable(() -> loop.await(call))).isSameAs(defect);
        assertThat(ends).hasSize(1);
        assertThat(loop.failure()).isSameAs(defect);
    }

    private void assertBothAlive() {
        assertThat(dht.closed()).isNotDone();
        dht.statistics();
        assertThatCode(() -> client.put(Hash.parse("2b"), Content.ofText("alive"), SECOND))
                .doesNotThrowAnyException();
    }
}
