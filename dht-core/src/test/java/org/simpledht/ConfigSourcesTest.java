package org.simpledht;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.simpledht.testing.SimulatedNetwork;
import org.simpledht.transport.TransportSettings;
import org.simpledht.types.Address;
import org.simpledht.types.Hash;

/** Which source of a setting comes before which, and what is said of one that is wrong. */
class ConfigSourcesTest {

    private final Properties system = new Properties();
    private final Map<String, String> environment = new HashMap<>();

    @TempDir
    private Path directory;

    @Test
    void withoutAnySourceThereAreTheDefaults() {
        assertThat(config()).isEqualTo(DhtConfig.defaults());
    }

    @Test
    void builderComesBeforeSystemPropertyBeforeEnvironmentBeforeFile() throws IOException {
        file("max-peers=1\nmax-wants=1\nmax-lookups=1\nmax-entries=1");
        environment.put("DHT_MAX_PEERS", "2");
        environment.put("DHT_MAX_WANTS", "2");
        environment.put("DHT_MAX_LOOKUPS", "2");
        system.setProperty("dht.max-peers", "3");
        system.setProperty("dht.max-wants", "3");
        DhtLimits limits = ConfigSources.fromEnvironment(system, environment)
                .set("max-peers", "4")
                .build()
                .limits();

        assertThat(limits.maxPeers()).isEqualTo(4);
        assertThat(limits.maxWants()).isEqualTo(3);
        assertThat(limits.maxLookups()).isEqualTo(2);
        assertThat(limits.maxEntries()).isEqualTo(1);
        assertThat(limits.maxCommands()).isEqualTo(DhtLimits.DEFAULTS.maxCommands());
    }

    @Test
    void fileIsNamedByPropertyBeforeVariable() throws IOException {
        file("max-peers=1");
        Path other = Files.writeString(directory.resolve("other"), "max-peers=2");
        system.setProperty("dht.config", other.toString());

        assertThat(config().limits().maxPeers()).isEqualTo(2);
    }

    @Test
    void transportIsSetInEachSource() throws IOException {
        file("transport=tcp");
        assertThat(config().bind()).containsExactly(new Address("tcp", "::", 0));
        environment.put("DHT_TRANSPORT", "own");
        assertThat(config().transport()).isEqualTo("own");
        system.setProperty("dht.transport", "other");
        assertThat(config().transport()).isEqualTo("other");
    }

    @Test
    void listsAreSeparatedByCommas() {
        environment.put("DHT_BIND", " udp://[::]:1 , tcp://[::]:2,");

        assertThat(config().bind()).containsExactly(new Address("udp", "::", 1), new Address("tcp", "::", 2));
    }

    @Test
    void emptyVariableIsAsGoodAsNone() {
        environment.put("DHT_MAX_PEERS", "");
        environment.put("DHT_CONFIG", "");

        assertThat(config()).isEqualTo(DhtConfig.defaults());
    }

    @Test
    void foreignVariablesAndPropertiesAreNoneOfOurs() {
        environment.put("DHT_FUR_HAT", "1");
        system.setProperty("dht.fur-hat", "1");

        assertThat(config()).isEqualTo(DhtConfig.defaults());
    }

    @Test
    void wrongSystemPropertyIsNamedWithARemedy() {
        system.setProperty("dht.peer-timeout", "soon");

        assertThatIllegalArgumentException()
                .isThrownBy(this::config)
                .withMessageContaining("system property dht.peer-timeout")
                .withMessageContaining("\"soon\"")
                .withMessageContaining("write 10s");
    }

    @Test
    void wrongVariableIsNamedWithARemedy() {
        environment.put("DHT_MAX_PEERS", "many");

        assertThatIllegalArgumentException()
                .isThrownBy(this::config)
                .withMessageContaining("environment variable DHT_MAX_PEERS")
                .withMessageContaining("write digits");
    }

    @Test
    void wrongValueInAFileIsNamedWithTheFileAndARemedy() throws IOException {
        Path file = file("seeds=nowhere");

        assertThatIllegalArgumentException()
                .isThrownBy(this::config)
                .withMessageContaining(file.toString())
                .withMessageContaining("seeds")
                .withMessageContaining("write host:port");
    }

    @Test
    void unknownNameInAFileIsRefusedWithTheFileAndTheKnownOnes() throws IOException {
        Path file = file("max-pears=3");

        assertThatIllegalArgumentException()
                .isThrownBy(this::config)
                .withMessageContaining(file.toString())
                .withMessageContaining("\"max-pears\"")
                .withMessageContaining("max-peers");
    }

    @Test
    void unknownNameIsRefusedByTheBuilder() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DhtConfig.builder().set("max-pears", "3"))
                .withMessageContaining("max-peers");
    }

    @Test
    void missingFileIsNamed() {
        environment.put("DHT_CONFIG", directory.resolve("nowhere").toString());

        assertThatIllegalArgumentException()
                .isThrownBy(this::config)
                .withMessageContaining(directory.resolve("nowhere").toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "max-peers=0",
                "max-output-bytes=1",
                "peer-timeout=1s",
                "seeds=host:0",
                "bind=,",
                "idle-timeout=0",
                "idle-timeout=1s",
                "max-commands=1048577",
                "keep-alive-interval=366d",
                "keep-alive-interval=PT2562047788015215H",
                "peer-timeout=366d",
                "pending-get-timeout=366d",
                "frame-timeout=366d",
                "idle-timeout=366d",
                "seeds=tcp://host:1"
            })
    void valuesThatCannotWorkAreRefusedWhenTheConfigurationIsBuilt(String line) throws IOException {
        file(line);
        String[] nameAndValue = line.split("=");

        assertThatIllegalArgumentException().isThrownBy(this::config).withMessageStartingWith(nameAndValue[0]);
    }

    @Test
    void largestValuesWork() {
        DhtConfig.Builder builder = DhtConfig.builder();
        for (ConfigKey key : ConfigKey.values()) {
            if (key.key().endsWith("-timeout")) {
                builder.set(key.key(), "365d");
            } else if (key.key().startsWith("max-")) {
                builder.set(key.key(), Integer.toString(Integer.MAX_VALUE));
            }
        }
        DhtConfig config = builder.set("keep-alive-interval", "182d")
                .set("max-commands", "1048576")
                .set("max-lease", "30d")
                .build();
        SimulatedNetwork network = SimulatedNetwork.ofSeed(1);
        Dht dht = Dht.start(config, network.host("a"));
        dht.put(Hash.parse("2a"), "held");
        Dht other = Dht.start(
                DhtConfig.builder()
                        .seeds("a:4000")
                        .maxLease(Duration.ofDays(30))
                        .build(),
                network.host("b"));

        assertThat(other.get(Hash.parse("2a"), Duration.ofSeconds(5))).isPresent();
    }

    @Test
    void limitsAreTakenAsTheyAre() {
        DhtLimits limits = DhtConfig.builder()
                .set("max-peers", "7")
                .set("frame-timeout", "PT0.000000001S")
                .build()
                .limits();

        assertThat(DhtConfig.builder()
                        .set("max-wants", "1")
                        .limits(limits)
                        .build()
                        .limits())
                .isEqualTo(limits);
    }

    @Test
    void seedOfATransportThatIsBoundIsTaken() {
        assertThat(DhtConfig.builder()
                        .bind("a:1", "tcp://a:1")
                        .seeds("tcp://host:1")
                        .build()
                        .seeds())
                .hasSize(1);
    }

    @Test
    void unitsOfTimeAndBytesAreRead() {
        DhtConfig config = DhtConfig.builder()
                .set("keep-alive-interval", "500ms")
                .set("peer-timeout", "2m")
                .set("pending-get-timeout", "3")
                .set("idle-timeout", "PT4S")
                .set("max-store-bytes", "2 MiB")
                .build();

        assertThat(config.keepAliveInterval()).isEqualTo(Duration.ofMillis(500));
        assertThat(config.peerTimeout()).isEqualTo(Duration.ofMinutes(2));
        assertThat(config.limits().pendingGetTimeout()).isEqualTo(Duration.ofSeconds(3));
        assertThat(config.limits().idleTimeout()).isEqualTo(Duration.ofSeconds(4));
        assertThat(config.limits().maxStoreBytes()).isEqualTo(2 << 20);
    }

    @Test
    void passwordComesFromTheEnvironmentAndIsInNoText() {
        environment.put("DHT_TLS_PASSWORD", "sesame");
        environment.put("DHT_TLS_KEY", "key.pem");
        TransportSettings settings = config().transportSettings();

        assertThat(settings.secret("tls-password")).contains("sesame");
        assertThat(settings.get("tls-password")).isEmpty();
        assertThat(settings.get("tls-key")).contains("key.pem");
        assertThat(config()).isEqualTo(config()).isNotEqualTo(DhtConfig.defaults());
        assertThat(config().toString()).contains("key.pem").doesNotContain("sesame");
    }

    @Test
    void passwordOnTheCommandLineIsRefusedWithoutRepeatingIt() {
        system.setProperty("dht.tls-password", "sesame");

        assertThatIllegalArgumentException()
                .isThrownBy(this::config)
                .withMessageContaining("dht.tls-password-file")
                .withMessageNotContaining("sesame");
    }

    @Test
    void passwordIsNoSetting() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DhtConfig.builder().set("tls-password", "sesame"))
                .withMessageContaining("unknown setting")
                .withMessageNotContaining("sesame");
    }

    private DhtConfig config() {
        return ConfigSources.fromEnvironment(system, environment).build();
    }

    private Path file(String text) throws IOException {
        Path file = Files.writeString(directory.resolve("dht.properties"), text);
        environment.put("DHT_CONFIG", file.toString());
        return file;
    }
}
