package org.simpledht.cli;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.simpledht.Dht;
import org.simpledht.DhtException;
import org.simpledht.PeerInfo;
import org.simpledht.types.Content;
import org.simpledht.types.Hash;
import org.simpledht.types.Printable;

/** The commands of a running server, a line each. */
final class PromptCommands {

    static final List<String> NAMES = List.of("get", "put", "discover", "peers", "stats", "help", "quit");

    private static final String HELP = """
            get <hash>               show what a hash holds, here or at a peer
            put <hash> <content>     store a content here, and announce it; quote one that has spaces
            discover <host:port>     contact another node
            peers                    the peers that are alive
            stats                    this node in numbers
            quit                     end the server
            A hash is 1 to 16 hexadecimal digits. Ctrl-C clears the line, and ends the server when it is empty.""";

    private final Dht dht;
    private final Duration timeout;
    private final Console console;

    PromptCommands(Dht dht, Duration timeout, Console console) {
        this.dht = dht;
        this.timeout = timeout;
        this.console = console;
    }

    /**
     * Does what a line says. Failures are printed, and never thrown: the next line is still wanted.
     *
     * @return false if the server is to end
     */
    boolean execute(String line) {
        try {
            List<String> words = Words.split(line);
            return words.isEmpty() || execute(words);
        } catch (IllegalArgumentException | IllegalStateException | DhtException e) {
            Failure failure = Failure.of(e);
            console.error(failure.message(), failure.exit());
            return true;
        }
    }

    private boolean execute(List<String> words) {
        switch (words.get(0)) {
            case "get" -> get(Hash.parse(arguments(words, "get <hash>", 1).get(0)));
            case "put" -> {
                List<String> arguments = arguments(words, "put <hash> <content>", 2);
                put(Hash.parse(arguments.get(0)), Content.ofText(arguments.get(1)));
            }
            case "discover" ->
                discover(arguments(words, "discover <host:port>", 1).get(0));
            case "peers" -> {
                arguments(words, "peers", 0);
                peers();
            }
            case "stats" -> {
                arguments(words, "stats", 0);
                console.print(Line.statistics(dht.statistics()));
            }
            case "help" -> console.output(HELP);
            case "quit" -> {
                arguments(words, "quit", 0);
                return false;
            }
            default ->
                throw new IllegalArgumentException("no such command: " + Printable.quote(words.get(0))
                        + "; the commands are " + String.join(", ", NAMES));
        }
        return true;
    }

    /** Words too many are refused and not cut: half a content is worse than none. */
    private static List<String> arguments(List<String> words, String form, int count) {
        List<String> arguments = words.subList(1, words.size());
        if (arguments.size() < count) {
            throw new IllegalArgumentException("too few words; write " + form);
        }
        if (arguments.size() > count) {
            throw new IllegalArgumentException("too many words, from " + Printable.quote(arguments.get(count))
                    + " on; write " + form + (form.startsWith("put") ? ", and quote a content that has spaces" : ""));
        }
        return arguments;
    }

    private void get(Hash hash) {
        Optional<Content> content = dht.get(hash, timeout);
        if (content.isPresent()) {
            console.print(Line.content(hash, content.get()));
        } else {
            console.error("no such hash " + hash + ": neither here nor at any peer", ExitCode.NO_SUCH_HASH);
        }
    }

    private void put(Hash hash, Content content) {
        dht.put(hash, content);
        console.print(Line.stored(hash, content));
    }

    private void discover(String address) {
        dht.discover(address);
        console.print(Line.discovered(address));
    }

    private void peers() {
        List<PeerInfo> peers = dht.peers();
        if (peers.isEmpty() && !console.isJson()) {
            console.output("no peers; discover one");
        }
        peers.forEach(peer -> console.print(Line.peer(peer)));
    }
}
