package org.simpledht.examples.chaos;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A node through its lives: where it is, how it is started, and its {@link Server} of the moment. */
final class Member {

    private static final int HEAP_MEGABYTES = 64;
    private static final String TIMEOUT = "1s";

    private final int number;
    private final Namespace namespace;
    private final List<String> schemes;
    private final List<String> command;
    private final Path log;
    private volatile Server server;

    private Member(int number, Namespace namespace, List<String> schemes, List<String> command, Path log) {
        this.number = number;
        this.namespace = namespace;
        this.schemes = schemes;
        this.command = command;
        this.log = log;
    }

    /** One for each namespace, which has all others as seeds that speak as it does. */
    static List<Member> all(Options options, Net net, Path folder, Path keys) {
        List<Member> members = new ArrayList<>();
        for (int number = 1; number <= options.nodes(); number++) {
            List<String> schemes = options.schemes(number);
            List<String> arguments = new ArrayList<>();
            for (String scheme : schemes) {
                arguments.add(0, endpoint(scheme, number));
                for (int other = 1; other <= options.nodes(); other++) {
                    if (other != number && options.schemes(other).contains(scheme)) {
                        arguments.addAll(List.of("--seed", endpoint(scheme, other)));
                    }
                }
            }
            arguments.addAll(List.of("--trusted-networks", "none", "--json", "-v", "--timeout", TIMEOUT));
            if (keys != null) {
                arguments.addAll(List.of("--cluster-keys-file", keys.toString()));
            }
            members.add(new Member(
                    number,
                    net.node(number),
                    schemes,
                    Jvm.server(HEAP_MEGABYTES, options.jar(), arguments),
                    folder.resolve("node-" + number + ".log")));
        }
        return members;
    }

    private static String endpoint(String scheme, int number) {
        return scheme + "://" + Addresses.ofNode(number) + ':' + Addresses.PORT;
    }

    void start() throws IOException {
        server = Server.start(namespace, command, schemes.size(), log);
    }

    int number() {
        return number;
    }

    boolean speaks(String scheme) {
        return schemes.contains(scheme);
    }

    Namespace namespace() {
        return namespace;
    }

    Server server() {
        return server;
    }

    Path log() {
        return log;
    }

    /** Tells tables apart, as contents are of many sizes. */
    String fingerprint() throws IOException {
        String answer = server.ask("stats");
        return Server.number(answer, "entries") + " entries, " + Server.number(answer, "storeBytes") + " bytes";
    }

    long peers() throws IOException {
        return Server.number(server.ask("stats"), "peers");
    }

    @Override
    public String toString() {
        return "node " + number;
    }
}
