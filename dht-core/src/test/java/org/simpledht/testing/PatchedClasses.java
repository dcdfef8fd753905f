package org.simpledht.testing;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.simpledht.Dht;

/** All of the library, and what watches it in a simulation, once more, with some lines of its source being others. */
final class PatchedClasses extends ClassLoader {

    private static final String PACKAGE = "org.simpledht.";
    private static final Path SOURCES = Path.of("src", "main", "java", "org", "simpledht");

    private final Map<String, ByteArrayOutputStream> compiled = new HashMap<>();

    /** Some text of a file that stands there exactly once, and what stands there instead. */
    record Patch(String file, String text, String instead) {}

    /**
     * @throws IllegalArgumentException if a text is not there exactly once, or what comes of it does not compile
     */
    PatchedClasses(List<Patch> patches) {
        super(PatchedClasses.class.getClassLoader());
        try {
            Map<String, String> sources = new LinkedHashMap<>();
            for (Patch patch : patches) {
                String source = sources.get(patch.file);
                source = source == null ? Files.readString(SOURCES.resolve(patch.file + ".java")) : source;
                int at = source.indexOf(patch.text);
                if (at < 0 || source.indexOf(patch.text, at + 1) >= 0) {
                    throw new IllegalArgumentException("not exactly once in " + patch.file + ": " + patch.text);
                }
                sources.put(patch.file, source.replace(patch.text, patch.instead));
            }
            if (!sources.isEmpty()) {
                compile(sources);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void compile(Map<String, String> sources) throws IOException {
        List<JavaFileObject> files = new ArrayList<>();
        sources.forEach((file, source) -> files.add(
                new SimpleJavaFileObject(
                        URI.create("string:///org/simpledht/" + file + ".java"), JavaFileObject.Kind.SOURCE) {
                    @Override
                    public CharSequence getCharContent(boolean ignored) {
                        return source;
                    }
                }));
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (JavaFileManager manager = new InMemory(compiler.getStandardFileManager(null, null, null))) {
            List<String> options = List.of(
                    "-proc:none", "-classpath", home(Dht.class) + File.pathSeparator + home(org.slf4j.Logger.class));
            if (!compiler.getTask(null, manager, null, options, null, files).call()) {
                throw new IllegalArgumentException("does not compile: " + sources.keySet());
            }
        }
    }

    private static String home(Class<?> type) {
        try {
            return Path.of(type.getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString();
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }

    /** Keeps the classes that the compiler writes. */
    private final class InMemory extends ForwardingJavaFileManager<JavaFileManager> {
        InMemory(JavaFileManager files) {
            super(files);
        }

        @Override
        public JavaFileObject getJavaFileForOutput(
                Location location, String name, JavaFileObject.Kind kind, FileObject sibling) {
            return new SimpleJavaFileObject(URI.create("bytes:///" + name), kind) {
                @Override
                public OutputStream openOutputStream() {
                    return compiled.computeIfAbsent(name, n -> new ByteArrayOutputStream());
                }
            };
        }
    }

    /** The same misfortune among patched nodes. */
    LongFunction<String> misfortune() {
        return outcome(MisfortuneOutcome.class);
    }

    /** The same hostile peers among patched nodes. */
    LongFunction<String> hostility() {
        return outcome(HostilityOutcome.class);
    }

    @SuppressWarnings("unchecked")
    private LongFunction<String> outcome(Class<? extends LongFunction<String>> type) {
        try {
            return (LongFunction<String>)
                    loadClass(type.getName()).getDeclaredConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    /** All of ours anew, so that its classes see each other. */
    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        synchronized (getClassLoadingLock(name)) {
            if (!name.startsWith(PACKAGE)) {
                return super.loadClass(name, resolve);
            }
            Class<?> loaded = findLoadedClass(name);
            return loaded == null ? define(name) : loaded;
        }
    }

    private Class<?> define(String name) throws ClassNotFoundException {
        byte[] bytes = compiled.containsKey(name) ? compiled.get(name).toByteArray() : original(name);
        return defineClass(name, bytes, 0, bytes.length);
    }

    private byte[] original(String name) throws ClassNotFoundException {
        try (InputStream in = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
            if (in == null) {
                throw new ClassNotFoundException(name);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new ClassNotFoundException(name, e);
        }
    }
}
