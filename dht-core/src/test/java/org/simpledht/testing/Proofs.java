package org.simpledht.testing;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.simpledht.protocol.Extension;
import org.simpledht.protocol.ExtensionRecord;
import org.simpledht.protocol.Frame;
import org.simpledht.protocol.Message;
import org.simpledht.types.NetAddress;

/** Who has shown to which good node that it receives where it speaks from: as seen on the wire, whatever the nodes themselves believe. */
final class Proofs {

    private record Way(NetAddress node, NetAddress other) {}

    private final Map<Way, Set<Long>> told = new HashMap<>();
    private final Set<Way> shown = new HashSet<>();
    private final Map<NetAddress, Long> ids = new HashMap<>();

    /** A good node says something. */
    void sent(NetAddress node, NetAddress to, Frame frame) {
        Extension extension = frame.extension().orElse(null);
        if (extension == null && frame.carrier() instanceof Message.IHave iHave) {
            tell(node, to, iHave.hash().bits());
        } else if (extension != null) {
            ids.put(node, extension.header().nodeId());
            for (ExtensionRecord record : extension.records()) {
                if (record instanceof ExtensionRecord.Token token) {
                    tell(node, to, token.cookie());
                }
            }
        }
    }

    private void tell(NetAddress node, NetAddress to, long cookie) {
        told.computeIfAbsent(new Way(node, to), way -> new HashSet<>()).add(cookie);
    }

    /** A good node reads what somebody says, or seems to say. What it has said itself, and is sent back, shows nothing. */
    void read(NetAddress node, NetAddress from, Frame frame) {
        Way way = new Way(node, from);
        Extension extension = frame.extension().orElse(null);
        long cookie = 0;
        if (extension == null && frame.carrier() instanceof Message.Get get) {
            cookie = get.hash().bits();
        } else if (extension != null && extension.header().nodeId() != ids.getOrDefault(node, 0L)) {
            cookie = extension.header().token();
        }
        if (told.getOrDefault(way, Set.of()).contains(cookie)) {
            shown.add(way);
        }
    }

    /** A node has been started anew: nothing that was shown to it before counts, and no cookie of then. */
    void forget(NetAddress node) {
        told.keySet().removeIf(way -> way.node.equals(node));
        shown.removeIf(way -> way.node.equals(node));
        ids.remove(node);
    }

    boolean hasShown(NetAddress node, NetAddress other) {
        return shown.contains(new Way(node, other));
    }
}
