package org.simpledht.testkit;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.channels.DatagramChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.simpledht.types.NetAddress;

/** What tests ask of the machine they run on. */
public final class Loopback {

    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

    private Loopback() {}

    /** Any free port of a literal address. */
    public static NetAddress any(String host) {
        return parse(host + ":0");
    }

    /** A literal address and, behind the last colon, a port. */
    public static NetAddress parse(String text) {
        int colon = text.lastIndexOf(':');
        try {
            byte[] address = InetAddress.getByName(text.substring(0, colon)).getAddress();
            return NetAddress.of(address, Integer.parseInt(text.substring(colon + 1)));
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("not a literal address: " + text, e);
        }
    }

    /** False on machines where IPv6 is switched off: its tests are skipped there. */
    public static boolean hasV6() {
        try (DatagramChannel channel = DatagramChannel.open()) {
            channel.bind(new InetSocketAddress(InetAddress.getByName("::1"), 0));
            return true;
        } catch (IOException | RuntimeException e) {
            return false;
        }
    }

    /** True where {@link #openSockets} works. */
    public static boolean canCountSockets() {
        return Files.isDirectory(DESCRIPTORS);
    }

    /** The sockets this process holds. Other descriptors come and go with class loading. */
    public static int openSockets() throws IOException {
        try (Stream<Path> links = Files.list(DESCRIPTORS)) {
            List<Path> all = links.toList();
            int sockets = 0;
            for (Path link : all) {
                sockets += isSocket(link) ? 1 : 0;
            }
            return sockets;
        }
    }

    private static boolean isSocket(Path link) throws IOException {
        try {
            return Files.readSymbolicLink(link).toString().startsWith("socket:");
        } catch (NoSuchFileException e) {
            return false; // closed meanwhile, such as the one that lists the directory
        }
    }
}
