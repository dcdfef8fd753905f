package org.simpledht;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.simpledht.core.Binding;
import org.simpledht.core.GateSettings;
import org.simpledht.core.NodeSettings;
import org.simpledht.core.Path;
import org.simpledht.protocol.Cluster;
import org.simpledht.protocol.FrameCodec;
import org.simpledht.protocol.Message;
import org.simpledht.protocol.SipHash24;
import org.simpledht.types.Address;
import org.simpledht.types.NetAddress;

/** From a configuration to what the core is told. */
final class NodeSetup {

    private NodeSetup() {}

    /**
     * Where others are told that this node can be reached.
     *
     * @throws IllegalArgumentException if a name does not resolve, or not to one host's address
     */
    static Map<Address, List<NetAddress>> advertised(DhtRuntime runtime, DhtConfig config) {
        Map<Address, List<NetAddress>> all = new LinkedHashMap<>();
        for (Address address : config.advertise()) {
            List<NetAddress> resolved = Names.require(runtime, address);
            for (NetAddress each : resolved) {
                if (!each.isUnicast()) {
                    throw new IllegalArgumentException("advertise: " + address
                            + " is no address at which others could reach this node; name the one that they use");
                }
            }
            all.put(address, resolved);
        }
        return all;
    }

    static NodeSettings settings(
            DhtRuntime runtime, DhtConfig config, Map<Address, List<NetAddress>> advertised, List<Binding> bindings) {
        DhtLimits limits = config.limits();
        return new NodeSettings(
                randomId(runtime),
                bindings,
                advertised.entrySet().stream()
                        .flatMap(each -> paths(bindings, each.getKey(), each.getValue()).stream())
                        .toList(),
                config.seeds().size(),
                nanos(config.keepAliveInterval()),
                nanos(config.peerTimeout()),
                nanos(limits.pendingGetTimeout()),
                nanos(limits.idleTimeout()),
                config.maxLease().toMillis(),
                gate(runtime, config),
                Cluster.named(config.clusterName()),
                config.clusterKeys().ring(),
                new NodeSettings.Bounds(
                        limits.maxPeers(),
                        limits.maxEntries(),
                        limits.maxStoreBytes(),
                        limits.maxPendingGets(),
                        limits.maxPendingGetsPerSource(),
                        limits.maxLookups(),
                        limits.maxWants(),
                        limits.maxValueBytes(),
                        limits.maxFetchingBytes()));
    }

    private static GateSettings gate(DhtRuntime runtime, DhtConfig config) {
        DhtLimits limits = config.limits();
        return new GateSettings(
                config.trustedNetworks(),
                runtime.randomLong(),
                runtime.randomLong(),
                limits.maxGuestBytesPerSecond(),
                limits.maxGuestBytesPerNetwork(),
                limits.maxGuestFramesPerSecond(),
                limits.maxGuestWritesPerSecond());
    }

    /** A node id that nobody can guess, and that is not 0, which means "none". */
    static long randomId(DhtRuntime runtime) {
        long id = 0;
        while (id == 0) {
            id = runtime.randomLong();
        }
        return id;
    }

    /** The key of a hash whose values nobody else can tell. */
    static SipHash24 secret(DhtRuntime runtime) {
        return new SipHash24(ByteBuffer.allocate(SipHash24.KEY_BYTES)
                .putLong(runtime.randomLong())
                .putLong(runtime.randomLong())
                .array());
    }

    /** For jitter, which need not be secret. */
    static RandomGenerator dice(DhtRuntime runtime) {
        return new SplittableRandom(runtime.randomLong());
    }

    /**
     * How long a caller is ready to wait. To be asked on the caller's thread.
     *
     * @throws IllegalArgumentException if it is not longer than zero
     */
    static long timeoutNanos(Duration timeout) {
        DhtLimits.positive("timeout", timeout);
        return nanos(timeout);
    }

    /** At most some 140 years: a longer duration is as good as that. */
    static long nanos(Duration duration) {
        Duration longest = Duration.ofNanos(Long.MAX_VALUE / 2);
        return duration.compareTo(longest) > 0 ? longest.toNanos() : duration.toNanos();
    }

    /**
     * The largest content that at least one binding carries to every address it reaches.
     *
     * @param besideBytes what else is in the frame of its Put
     */
    static int maxContentBytes(List<Binding> bindings, int besideBytes) {
        return bindings.stream()
                .mapToInt(binding -> maxContentBytes(binding, besideBytes))
                .max()
                .orElseThrow();
    }

    private static int maxContentBytes(Binding binding, int besideBytes) {
        int smallestFrame = IntStream.of(binding.maxFrameV4(), binding.maxFrameV6())
                .filter(bytes -> bytes > 0)
                .min()
                .orElse(0);
        return Math.min(Message.MAX_CONTENT_BYTES, smallestFrame - FrameCodec.PUT_OVERHEAD_BYTES - besideBytes);
    }

    /**
     * The ways to addresses, from the first binding of their transport that reaches each.
     *
     * @throws IllegalArgumentException if no binding is of that transport
     */
    static List<Path> paths(List<Binding> bindings, Address address, List<NetAddress> resolved) {
        List<Integer> ofScheme = IntStream.range(0, bindings.size())
                .filter(i -> bindings.get(i).scheme().equals(address.scheme()))
                .boxed()
                .toList();
        if (ofScheme.isEmpty()) {
            throw new IllegalArgumentException(address + " cannot be reached: this node listens at no "
                    + address.scheme() + " address; bind one, such as " + address.scheme() + "://[::]:0");
        }
        return resolved.stream()
                .map(remote -> new Path(
                        ofScheme.stream()
                                .filter(i -> bindings.get(i).maxFrameBytes(remote) > 0)
                                .findFirst()
                                .orElse(ofScheme.get(0)),
                        remote))
                .toList();
    }
}
