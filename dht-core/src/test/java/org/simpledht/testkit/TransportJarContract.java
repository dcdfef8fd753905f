package org.simpledht.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceLoader;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.simpledht.transport.TransportProvider;

/**
 * What is published, and not only what is compiled: a transport's jar names its provider for the class path and for the
 * module path. With one of them alone, a shaded or a modular application finds no transport, and nobody says why.
 */
public abstract class TransportJarContract {

    private static final String SERVICE = TransportProvider.class.getName();

    /** The scheme that the jar's provider stands for. */
    protected abstract String scheme();

    @Test
    void providerStandsInBothPlacesAndCanBeLoaded() throws IOException {
        Path jar = builtJar();
        List<String> forModulePath = descriptor(jar).provides().stream()
                .filter(provided -> provided.service().equals(SERVICE))
                .flatMap(provided -> provided.providers().stream())
                .toList();
        assertThat(forModulePath).isNotEmpty();
        assertThat(serviceFile(jar)).containsExactlyInAnyOrderElementsOf(forModulePath);

        ClassLoader library = TransportProvider.class.getClassLoader();
        try (URLClassLoader jarAlone = new URLClassLoader(new URL[] {jar.toUri().toURL()}, library)) {
            assertThat(ServiceLoader.load(TransportProvider.class, jarAlone))
                    .extracting(TransportProvider::scheme)
                    .contains(scheme());
        }
    }

    @Test
    void moduleHasANameOfItsOwn() throws IOException {
        ModuleDescriptor descriptor = descriptor(builtJar());
        assertThat(descriptor.isAutomatic()).isFalse();
        assertThat(descriptor.name()).isEqualTo("org.simpledht.transport." + scheme());
    }

    private static ModuleDescriptor descriptor(Path jar) {
        return ModuleFinder.of(jar).findAll().stream()
                .map(ModuleReference::descriptor)
                .findFirst()
                .orElseThrow();
    }

    private static List<String> serviceFile(Path jar) throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            byte[] text = file.getInputStream(file.getEntry("META-INF/services/" + SERVICE))
                    .readAllBytes();
            return new String(text, StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank())
                    .toList();
        }
    }

    private static Path builtJar() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("target"))) {
            return files.filter(file -> file.toString().endsWith(".jar"))
                    .filter(file -> !file.toString().matches(".*-(sources|javadoc|tests)\\.jar"))
                    .findFirst()
                    .orElseThrow();
        }
    }
}
