package org.simpledht.core.store;

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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;
import java.util.regex.Pattern;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.simpledht.protocol.Meta;

/** Tables of a store that was broken on purpose: a line of its source is another one, in a class loader of its own. */
final class PatchedStore extends ClassLoader implements LongFunction<Table> {

    private static final String PACKAGE = PatchedStore.class.getPackageName();
    private static final Path SOURCES = Path.of("src", "main", "java").resolve(PACKAGE.replace('.', '/'));

    private final Map<String, ByteArrayOutputStream> compiled = new HashMap<>();

    /**
     * @param type whose source it is
     * @param line what stands there exactly once
     * @param instead what stands there instead
     */
    PatchedStore(Class<?> type, String line, String instead) {
        super(PatchedStore.class.getClassLoader());
        try {
            String source = Files.readString(SOURCES.resolve(type.getSimpleName() + ".java"));
            if (source.split(Pattern.quote(line), -1).length != 2) {
                throw new IllegalArgumentException("not once in " + type + ": " + line);
            }
            compile(type, source.replace(line, instead));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void compile(Class<?> type, String source) throws IOException {
        JavaFileObject file =
                new SimpleJavaFileObject(
                        URI.create("string:///" + type.getName().replace('.', '/') + ".java"),
                        JavaFileObject.Kind.SOURCE) {
                    @Override
                    public CharSequence getCharContent(boolean ignored) {
                        return source;
                    }
                };
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (JavaFileManager files = new InMemory(compiler.getStandardFileManager(null, null, null))) {
            List<String> options =
                    List.of("-proc:none", "-classpath", home(type) + File.pathSeparator + home(Meta.class));
            if (!compiler.getTask(null, files, null, options, null, List.of(file))
                    .call()) {
                throw new IllegalArgumentException("it does not compile");
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

    @Override
    public Table apply(long longestMillis) {
        try {
            return (Table) loadClass(StoreTable.class.getName())
                    .getConstructor(long.class)
                    .newInstance(longestMillis);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    /** The whole package anew, so that its classes see each other; but what the test talks to is the test's. */
    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        synchronized (getClassLoadingLock(name)) {
            if (!name.startsWith(PACKAGE + ".") || name.equals(Table.class.getName())) {
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
