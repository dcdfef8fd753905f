package org.simpledht;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import org.simpledht.core.Binding;
import org.simpledht.core.Node;
import org.simpledht.core.Path;
import org.simpledht.types.Address;
import org.simpledht.types.NetAddress;
import org.simpledht.types.Printable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks up the names of seeds, which may take long, and complains of a seed that leads nowhere, but not again and again. */
final class SeedResolver {

    private static final Logger LOG = LoggerFactory.getLogger(Dht.class);
    private static final long WARN_INTERVAL_NANOS = 600_000_000_000L;

    private final DhtRuntime runtime;
    private final List<Address> seeds;
    private final Loop loop;
    private final Node node;
    private final Lane lane;

    /** When each seed was last complained of. Touched within the lane alone. */
    private final Map<Integer, Long> warnedNanos = new HashMap<>();

    SeedResolver(DhtRuntime runtime, List<Address> seeds, Loop loop, Node node, Lane lane) {
        this.runtime = runtime;
        this.seeds = seeds;
        this.loop = loop;
        this.node = node;
        this.lane = lane;
    }

    /** Has the node told of the addresses of a seed: of none if there are none, so that it asks again. */
    void resolve(int seed) {
        try {
            lane.execute(() -> {
                List<Path> paths = paths(seed);
                Call.begin(loop, (done, now) -> {
                    node.resolved(seed, paths, now);
                    done.complete(null);
                });
            });
        } catch (RejectedExecutionException e) {
            LOG.debug(
                    "closed while resolving {}",
                    Printable.escape(seeds.get(seed).toString()));
        }
    }

    private List<Path> paths(int seed) {
        Address address = seeds.get(seed);
        try {
            List<NetAddress> resolved = Names.resolve(runtime, address);
            if (resolved.isEmpty()) {
                warn(seed, Names.unknown(address));
                return List.of();
            }
            List<Path> paths = NodeSetup.paths(loop.bindings(), address, resolved);
            if (paths.stream().noneMatch(this::isReachable)) {
                warn(
                        seed,
                        "none of its addresses " + resolved + " can be reached from " + loop.endpoints()
                                + ": bind an address of the same family");
            }
            return paths;
        } catch (RuntimeException e) {
            warn(seed, "it cannot be looked up: " + e);
            return List.of();
        }
    }

    private boolean isReachable(Path path) {
        Binding binding = loop.bindings().get(path.binding());
        return binding.maxFrameBytes(path.remote()) > 0;
    }

    private void warn(int seed, String trouble) {
        long now = runtime.nanoTime();
        Long warned = warnedNanos.get(seed);
        if (warned == null || now - warned >= WARN_INTERVAL_NANOS) {
            warnedNanos.put(seed, now);
            LOG.warn("seed {}: {}", Printable.escape(seeds.get(seed).toString()), Printable.escape(trouble));
        } else {
            LOG.debug("seed {}: {}", Printable.escape(seeds.get(seed).toString()), Printable.escape(trouble));
        }
    }
}
