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

    static final List<String> NAMES =
            List.of("get", "put", "remove", "discover", "peers", "flush", "stats", "help", "quit");

    private static final String TTL = "--ttl";
    private static final String PUT_FORM = "put <hash> <content> [" + TTL + " <time>]";

    private static final String HELP = """
            Examples:
              put 2a "Hello, world!"
              put 2a "back at noon" --ttl 30m

            get <hash>               show what a hash holds, here or at a peer
            put <hash> <content>     store a content here and everywhere; quote one that has spaces.
                [--ttl <time>]       It lives so long, or else as long as this server and max-lease longer.
            remove <hash>            remove what a hash holds, here and everywhere
            discover <host:port>     contact another node
            peers                    the peers that are alive, and where they see this node
            flush                    wait until every neighbour holds what was put here
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
            case "put" -> put(words);
            case "remove" ->
                remove(Hash.parse(arguments(words, "remove <hash>", 1).get(0)));
            case "flush" -> {
                arguments(words, "flush", 0);
                flush();
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

    private void put(List<String> words) {
        // Only behind a content: a content may be --ttl itself.
        boolean hasTtl = words.size() > 3 && words.get(3).equals(TTL);
        List<String> arguments = arguments(words, PUT_FORM, hasTtl ? 4 : 2);
        Hash hash = Hash.parse(arguments.get(0));
        Content content = Content.ofText(arguments.get(1));
        if (hasTtl) {
            Duration ttl = Ttls.parse(arguments.get(3));
            dht.put(hash, content, ttl);
            console.print(Line.stored(hash, content, Optional.of(ttl)));
        } else {
            dht.put(hash, content);
            console.print(Line.stored(hash, content, Optional.empty()));
        }
    }

    private void remove(Hash hash) {
        dht.remove(hash);
        console.print(Line.removed(hash));
    }

    private void flush() {
        if (dht.flush(timeout)) {
            console.print(Line.flushed());
        } else {
            console.error(
                    "not flushed: within " + timeout.toMillis() + " ms not every neighbour said that it holds what was"
                            + " put here, or there is no neighbour; see peers",
                    ExitCode.UNREACHABLE);
        }
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
        dht.observedEndpoints().forEach(endpoint -> console.print(Line.observed(endpoint)));
    }
}
