package org.simpledht;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a compiled class knows: read from its constant pool, so that nothing hides behind a wildcard import, a
 * qualified name or an inferred type.
 *
 * @param name of the class, such as {@code org.simpledht.core.Node}
 * @param types every type it names anywhere, also in signatures
 * @param members every method and field of another class that it uses, such as {@code java.lang.System.nanoTime}
 * @param isSynchronized true if one of its methods or blocks is synchronized
 */
record ClassDependencies(String name, Set<String> types, Set<String> members, boolean isSynchronized) {

    private static final int MAGIC = 0xcafe_babe;
    private static final int ACC_SYNCHRONIZED = 0x0020;
    private static final int MONITORENTER = 0xc2;
    private static final Pattern TYPE_IN_DESCRIPTOR = Pattern.compile("L([\\w/$]+)[;<]");

    /** The package, which decides what the class may know. */
    String packageName() {
        return packageOf(name);
    }

    static String packageOf(String type) {
        return type.substring(0, Math.max(0, type.lastIndexOf('.')));
    }

    /** All classes under a directory. */
    static List<ClassDependencies> under(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            List<Path> classes = files.filter(file -> file.toString().endsWith(".class"))
                    .filter(file -> !file.endsWith("module-info.class"))
                    .sorted()
                    .toList();
            List<ClassDependencies> all = new ArrayList<>();
            for (Path file : classes) {
                try (InputStream in = Files.newInputStream(file)) {
                    all.add(read(in));
                }
            }
            return all;
        }
    }

    /** A class that has been loaded. */
    static ClassDependencies of(Class<?> type) {
        try (InputStream in = type.getResourceAsStream(
                type.getName().substring(type.getPackageName().length() + 1) + ".class")) {
            return read(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ClassDependencies read(InputStream in) throws IOException {
        return new Reader(new DataInputStream(in)).read();
    }

    /** One class file, in the order of JVMS 4.1. */
    private static final class Reader {
        private final DataInputStream in;
        private final Set<String> types = new TreeSet<>();
        private final Set<String> members = new TreeSet<>();
        private Object[] pool;
        private boolean isSynchronized;

        Reader(DataInputStream in) {
            this.in = in;
        }

        ClassDependencies read() throws IOException {
            if (in.readInt() != MAGIC) {
                throw new IOException("not a class file");
            }
            in.readInt();
            readPool();
            in.readUnsignedShort();
            String name = className(in.readUnsignedShort());
            in.readUnsignedShort();
            in.skipNBytes(2L * in.readUnsignedShort());
            readMembers(false);
            readMembers(true);
            collect();
            return new ClassDependencies(name, types, members, isSynchronized);
        }

        private record Ref(int tag, int first, int second) {}

        private void readPool() throws IOException {
            pool = new Object[in.readUnsignedShort()];
            for (int i = 1; i < pool.length; i++) {
                int tag = in.readUnsignedByte();
                switch (tag) {
                    case 1 -> pool[i] = in.readUTF();
                    case 3, 4 -> in.readInt();
                    case 5, 6 -> {
                        in.readLong();
                        i++; // It takes two places.
                    }
                    case 7, 8, 16, 19, 20 -> pool[i] = new Ref(tag, in.readUnsignedShort(), 0);
                    case 9, 10, 11, 12, 17, 18 ->
                        pool[i] = new Ref(tag, in.readUnsignedShort(), in.readUnsignedShort());
                    case 15 -> pool[i] = new Ref(tag, in.readUnsignedByte(), in.readUnsignedShort());
                    default -> throw new IOException("unknown constant " + tag);
                }
            }
        }

        private void readMembers(boolean methods) throws IOException {
            for (int count = in.readUnsignedShort(); count > 0; count--) {
                int access = in.readUnsignedShort();
                isSynchronized |= methods && (access & ACC_SYNCHRONIZED) != 0;
                in.readInt();
                for (int attributes = in.readUnsignedShort(); attributes > 0; attributes--) {
                    String attribute = (String) pool[in.readUnsignedShort()];
                    byte[] body = in.readNBytes(in.readInt());
                    isSynchronized |= attribute.equals("Code") && Bytecode.contains(body, MONITORENTER);
                }
            }
        }

        private void collect() {
            for (Object constant : pool) {
                if (constant instanceof String text) {
                    Matcher matcher = TYPE_IN_DESCRIPTOR.matcher(text);
                    while (matcher.find()) {
                        types.add(dotted(matcher.group(1)));
                    }
                } else if (constant instanceof Ref ref && ref.tag == 7) {
                    String internal = (String) pool[ref.first];
                    if (!internal.startsWith("[")) {
                        types.add(dotted(internal));
                    }
                } else if (constant instanceof Ref ref && ref.tag >= 9 && ref.tag <= 11) {
                    Ref nameAndType = (Ref) pool[ref.second];
                    members.add(className(ref.first) + '.' + pool[nameAndType.first]);
                }
            }
        }

        private String className(int index) {
            return dotted((String) pool[((Ref) pool[index]).first]);
        }

        private static String dotted(String internal) {
            return internal.replace('/', '.');
        }
    }

    /** Walks instructions, whose lengths differ, so that an operand is not taken for one. */
    private static final class Bytecode {

        private Bytecode() {}

        static boolean contains(byte[] codeAttribute, int opcode) {
            int length = int32(codeAttribute, 4);
            int end = 8 + length;
            for (int at = 8; at < end; at += size(codeAttribute, at)) {
                if ((codeAttribute[at] & 0xff) == opcode) {
                    return true;
                }
            }
            return false;
        }

        private static int size(byte[] code, int at) {
            int opcode = code[at] & 0xff;
            int aligned = at + 4 - (at - 8) % 4;
            return switch (opcode) {
                case 0x10, 0x12, 0x15, 0x16, 0x17, 0x18, 0x19, 0x36, 0x37, 0x38, 0x39, 0x3a, 0xa9, 0xbc -> 2;
                case 0x11, 0x13, 0x14, 0x84, 0xc0, 0xc1, 0xbb, 0xbd, 0xc6, 0xc7 -> 3;
                case 0xb9, 0xba, 0xc8, 0xc9 -> 5;
                case 0xc5 -> 4;
                case 0xc4 -> (code[at + 1] & 0xff) == 0x84 ? 6 : 4;
                case 0xaa -> aligned - at + 12 + 4 * (int32(code, aligned + 8) - int32(code, aligned + 4) + 1);
                case 0xab -> aligned - at + 8 + 8 * int32(code, aligned + 4);
                default -> opcode >= 0x99 && opcode <= 0xa8 || opcode >= 0xb2 && opcode <= 0xb8 ? 3 : 1;
            };
        }

        private static int int32(byte[] bytes, int at) {
            return ByteBuffer.wrap(bytes).getInt(at);
        }
    }
}
