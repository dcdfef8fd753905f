package org.simpledht.examples.chaos;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Compares what the nodes hold. */
final class Census {

    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final List<Member> members;
    private final List<Ledger> ledgers;
    private final Verdicts verdicts;

    Census(List<Member> members, List<Ledger> ledgers, Verdicts verdicts) {
        this.members = members;
        this.ledgers = ledgers;
        this.verdicts = verdicts;
    }

    /** How long after that moment all tables were the same, or -1 if they were not so long. */
    long agreeMillis(long began, int seconds) throws IOException {
        while (System.nanoTime() - began < TimeUnit.SECONDS.toNanos(seconds)) {
            if (fingerprints().stream().distinct().count() == 1) {
                return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        return -1;
    }

    List<String> fingerprints() throws IOException {
        List<String> fingerprints = new ArrayList<>();
        for (Member member : members) {
            fingerprints.add(member.fingerprint());
        }
        return fingerprints;
    }

    /** Whether nobody has a neighbour any more, so that all that is read is what a node itself holds. */
    boolean aloneWithin(int seconds) throws IOException {
        long began = System.nanoTime();
        while (System.nanoTime() - began < TimeUnit.SECONDS.toNanos(seconds)) {
            long peers = 0;
            for (Member member : members) {
                peers += member.peers();
            }
            if (peers == 0) {
                return true;
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        return false;
    }

    /** Reads every hash at every node, and holds it against what was written. */
    void read(String when) throws IOException, InterruptedException {
        List<Map<String, Optional<String>>> tables = tables();
        for (Ledger ledger : ledgers) {
            Optional<String> first = tables.get(0).get(ledger.hash());
            for (int i = 0; i < tables.size(); i++) {
                Optional<String> found = tables.get(i).get(ledger.hash());
                String where = when + ": " + ledger.hash() + " at " + members.get(i) + " is " + shown(found);
                if (!ledger.knows(found)) {
                    verdicts.broken(Promise.INVENTED, where);
                } else if (!ledger.allows(found)) {
                    verdicts.broken(Promise.LOST, where + ", but " + ledger.expected() + " is expected");
                }
                if (!found.equals(first)) {
                    verdicts.broken(Promise.EQUAL, where + ", and " + shown(first) + " at " + members.get(0));
                }
            }
            ledger.settle(first);
        }
    }

    private List<Map<String, Optional<String>>> tables() throws IOException, InterruptedException {
        ExecutorService readers = Executors.newFixedThreadPool(members.size());
        try {
            List<Callable<Map<String, Optional<String>>>> tasks = new ArrayList<>();
            members.forEach(member -> tasks.add(() -> table(member)));
            List<Map<String, Optional<String>>> tables = new ArrayList<>();
            for (Future<Map<String, Optional<String>>> table : readers.invokeAll(tasks)) {
                tables.add(table.get());
            }
            return tables;
        } catch (ExecutionException e) {
            throw new IOException("a table cannot be read", e.getCause());
        } finally {
            readers.shutdown();
        }
    }

    private Map<String, Optional<String>> table(Member member) throws IOException {
        Map<String, Optional<String>> table = new TreeMap<>();
        for (Ledger ledger : ledgers) {
            table.put(
                    ledger.hash(),
                    Optional.ofNullable(Server.content(member.server().ask("get " + ledger.hash()))));
        }
        return table;
    }

    static String shown(Optional<String> content) {
        return content.map(text -> text.length() > 20 ? text.substring(0, 20) + "… of " + text.length() : text)
                .orElse("nothing");
    }
}
