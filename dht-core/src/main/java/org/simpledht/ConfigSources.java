package org.simpledht;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;

/** Where settings come from, besides the builder's methods. */
final class ConfigSources {

    private static final String FILE_PROPERTY = "dht.config";
    private static final String FILE_VARIABLE = "DHT_CONFIG";

    private static final String TLS_PASSWORD_PROPERTY = "dht.tls-password";
    private static final String TLS_PASSWORD_VARIABLE = "DHT_TLS_PASSWORD";

    private ConfigSources() {}

    static DhtConfig.Builder fromEnvironment(Properties system, Map<String, String> environment) {
        String file = system.getProperty(FILE_PROPERTY, environment.get(FILE_VARIABLE));
        DhtConfig.Builder builder =
                file == null || file.isBlank() ? DhtConfig.builder() : DhtConfig.fromFile(Path.of(file));
        for (ConfigKey key : ConfigKey.values()) {
            String property = system.getProperty(key.systemProperty());
            String variable = environment.get(key.variable());
            if (key == ConfigKey.CLUSTER_KEYS_FILE) {
                keysOf(environment, builder);
            }
            if (property != null) {
                builder.set(key.key(), property, "system property " + key.systemProperty());
            } else if (variable != null && !variable.isEmpty()) {
                builder.set(key.key(), variable, "environment variable " + key.variable());
            }
        }
        if (system.getProperty(TLS_PASSWORD_PROPERTY) != null) {
            throw new IllegalArgumentException("system property " + TLS_PASSWORD_PROPERTY
                    + ": everybody on the machine sees it in the process list; write the password into a file, name that"
                    + " with dht.tls-password-file, or set " + TLS_PASSWORD_VARIABLE);
        }
        String password = environment.get(TLS_PASSWORD_VARIABLE);
        if (password != null && !password.isEmpty()) {
            builder.tlsPassword(password);
        }
        return builder;
    }

    private static void keysOf(Map<String, String> environment, DhtConfig.Builder builder) {
        String keys = environment.getOrDefault(ConfigKey.KEYS_VARIABLE, "");
        String file = environment.getOrDefault(ConfigKey.CLUSTER_KEYS_FILE.variable(), "");
        if (keys.isEmpty()) {
            return;
        }
        if (!file.isEmpty()) {
            throw new IllegalArgumentException("environment variables " + ConfigKey.KEYS_VARIABLE + " and "
                    + ConfigKey.CLUSTER_KEYS_FILE.variable() + " are both set; unset one of them");
        }
        builder.clusterKeys(ClusterKeys.parse(keys, "environment variable " + ConfigKey.KEYS_VARIABLE));
    }

    static Properties load(Path file) {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            properties.load(reader);
        } catch (NoSuchFileException e) {
            throw new IllegalArgumentException("there is no configuration file " + file + "; check the path", e);
        } catch (IOException e) {
            throw new IllegalArgumentException("cannot read the configuration file " + file + ": " + e, e);
        }
        return properties;
    }
}
