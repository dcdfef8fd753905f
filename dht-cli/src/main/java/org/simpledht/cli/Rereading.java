package org.simpledht.cli;

import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.simpledht.ClusterKeys;
import org.simpledht.Dht;

/**
 * Has a server go by its files of keys and certificates when they have changed, and says so. What is not as it should be is said once
 * for each change, and all stays as it was.
 */
final class Rereading {

    /** Two looks have to agree, so a change counts after one to two of these. */
    private static final long INTERVAL_MILLIS = 2_000;

    private static final String CLUSTER_KEYS_FILE = "cluster-keys-file";

    private final Console console;
    private final Path keysFile;
    private final Watch keys;
    private final Watch certificates;

    /** Files that are read together, and whether the last attempt failed. */
    private static final class Watch {

        private final String what;
        private final WatchedFiles files;
        private boolean failed;

        Watch(String what, Collection<Path> files) {
            this.what = what;
            this.files = new WatchedFiles(files);
        }
    }

    /**
     * From now on a change is noticed: to be made before the node reads the files of its transports.
     *
     * @param files by the names of their settings
     */
    Rereading(Map<String, Path> files, Console console) {
        this.console = console;
        Map<String, Path> others = new LinkedHashMap<>(files);
        keysFile = others.remove(CLUSTER_KEYS_FILE);
        keys = new Watch("cluster keys", keysFile == null ? List.of() : List.of(keysFile));
        certificates = new Watch("certificates", others.values());
    }

    /** Looks again and again, on a thread of its own, until the process ends. */
    void begin(Dht dht) {
        if (keys.files.isEmpty() && certificates.files.isEmpty()) {
            return;
        }
        ScheduledExecutorService looking = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread thread = new Thread(work, "simple_dht-files");
            thread.setDaemon(true);
            return thread;
        });
        looking.scheduleWithFixedDelay(() -> look(dht), INTERVAL_MILLIS, INTERVAL_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Looks once; never throws. */
    void look(Dht dht) {
        look(dht, keys, () -> {
            ClusterKeys read = ClusterKeys.fromFile(keysFile);
            dht.replaceClusterKeys(read);
            console.event(Line.keysReread(read));
        });
        look(dht, certificates, () -> {
            if (dht.rereadTransportFiles()) {
                console.event(Line.certificatesReread());
            }
        });
    }

    private void look(Dht dht, Watch watch, Runnable reading) {
        boolean changed = false;
        try {
            changed = watch.files.haveChanged();
            // What failed is tried again, quietly: a certificate may be valid from tomorrow on.
            if (changed || watch.failed && watch.files.areAtRest()) {
                reading.run();
                watch.failed = false;
            }
        } catch (RuntimeException e) {
            watch.failed = true;
            // A node that is closed needs no keys any more.
            if (changed && !dht.closed().isDone() && !Shutdown.hasBegun()) {
                console.event(Line.notReread(watch.what, Failure.of(e).message()));
            }
        }
    }
}
