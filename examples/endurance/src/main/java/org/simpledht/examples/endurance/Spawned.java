package org.simpledht.examples.endurance;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A {@link Member} in a process of its own, which can be killed and started again at the same address, empty. */
final class Spawned implements AutoCloseable {

    private final String address;
    private final String seeds;
    private volatile Process process;
    private BufferedReader answers;

    private Spawned(String address, String seeds) throws IOException {
        this.address = address;
        this.seeds = seeds;
        start();
    }

    /** So many, each of which knows all the others, over UDP. */
    static List<Spawned> members(int count) throws IOException {
        return members(count, "udp");
    }

    /** The same over another transport. */
    static List<Spawned> members(int count, String transport) throws IOException {
        List<String> addresses = new ArrayList<>();
        List<DatagramSocket> held = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            // Free ports: of sockets that are all open at once, so that no two are the same. Those of TCP are as free
            // as a rule.
            DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
            held.add(socket);
            addresses.add(transport + "://127.0.0.1:" + socket.getLocalPort());
        }
        held.forEach(DatagramSocket::close);
        List<Spawned> members = new ArrayList<>();
        for (String address : addresses) {
            members.add(new Spawned(address, String.join(",", addresses)));
        }
        return members;
    }

    private void start() throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        process = new ProcessBuilder(
                        java,
                        "-Xmx128m",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Member.class.getName(),
                        address,
                        seeds)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        answers = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        if (!"ready".equals(answers.readLine())) {
            throw new IOException("the node at " + address + " did not start");
        }
    }

    String address() {
        return address;
    }

    /** What it answers. */
    synchronized String ask(String line) throws IOException {
        process.getOutputStream().write((line + '\n').getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().flush();
        String answer = answers.readLine();
        if (answer == null) {
            throw new IOException("the node at " + address + " is gone");
        }
        return answer;
    }

    /** Without a word, in the middle of whatever it does; then it starts anew. */
    void killAndStart() throws IOException, InterruptedException {
        process.destroyForcibly().waitFor();
        synchronized (this) {
            start();
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
