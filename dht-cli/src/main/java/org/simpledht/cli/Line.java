package org.simpledht.cli;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.simpledht.ClusterKeys;
import org.simpledht.DhtStatistics;
import org.simpledht.EntryEvent;
import org.simpledht.PeerInfo;
import org.simpledht.types.Content;
import org.simpledht.types.Endpoint;
import org.simpledht.types.Hash;
import org.simpledht.types.Printable;

/**
 * One thing to say, as a person and as a program reads it.
 *
 * @param text safe for a terminal, without a line break at its end
 * @param fields the JSON object's, in order
 */
record Line(String text, Map<String, Object> fields) {

    private static final int PREVIEW_CHARS = 60;

    static Line listening(Endpoint endpoint) {
        return new Line(
                "listening on " + endpoint.scheme() + ' ' + endpoint.address(),
                fields("event", "listening", "endpoint", endpoint.toString()));
    }

    static Line observed(Endpoint endpoint) {
        return new Line(
                "seen by them at " + endpoint.scheme() + ' ' + endpoint.address(),
                fields("seenAt", endpoint.toString()));
    }

    static Line content(Hash hash, Content content) {
        Map<String, Object> fields = fields("hash", hash.toString());
        addContent(fields, content);
        return new Line(Printable.escape(content.toBytes()), fields);
    }

    static Line stored(Hash hash, Content content, Optional<Duration> ttl) {
        Map<String, Object> fields = fields("hash", hash.toString(), "size", content.size());
        String life = "";
        if (ttl.isPresent()) {
            // Whole seconds, rounded up, as everywhere on the way.
            long seconds = ttl.get().plusNanos(999_999_999).toSeconds();
            fields.put("ttlSeconds", seconds);
            life = ", for " + seconds + " s";
        }
        fields.put("ok", true);
        return new Line("stored " + hash + ", " + bytes(content) + life, fields);
    }

    static Line removed(Hash hash) {
        return new Line("removed " + hash, fields("hash", hash.toString(), "ok", true));
    }

    static Line flushed() {
        return new Line("every neighbour holds what was put here", fields("flushed", true, "ok", true));
    }

    static Line discovered(String address) {
        return new Line("discovering " + Printable.escape(address), fields("address", address, "ok", true));
    }

    static Line error(String message, int exit) {
        return new Line(message, fields("error", message, "exit", exit));
    }

    static Line peer(PeerInfo peer) {
        String kind = kind(peer);
        long millis = peer.silence().toMillis();
        return new Line(
                peer.endpoint() + "  " + kind + ", heard of " + millis + " ms ago",
                fields("peer", peer.endpoint().toString(), "kind", kind, "silenceMillis", millis));
    }

    static Line peerJoined(PeerInfo peer) {
        return new Line(
                "* peer " + peer.endpoint() + " joined",
                fields("event", "peerJoined", "peer", peer.endpoint().toString()));
    }

    static Line peerLost(PeerInfo peer) {
        return new Line(
                "* peer " + peer.endpoint() + " is gone",
                fields("event", "peerLost", "peer", peer.endpoint().toString()));
    }

    /** Of what others cause, only so much is said. */
    static Line leftOut(String event, long count) {
        return new Line(
                "* " + event + ": " + count + " left out", fields("event", "leftOut", "of", event, "count", count));
    }

    static Line keysReread(ClusterKeys keys) {
        return new Line("cluster keys are read anew: " + keys + ", the first one signs", reread("cluster keys", true));
    }

    static Line certificatesReread() {
        return new Line("certificates are read anew, for new connections", reread("certificates", true));
    }

    static Line notReread(String what, String why) {
        Map<String, Object> fields = reread(what, false);
        fields.put("error", why);
        return new Line("warning: the " + what + " of before stay in force: " + why, fields);
    }

    private static Map<String, Object> reread(String what, boolean ok) {
        return fields("event", "reread", "what", what, "ok", ok);
    }

    static Line entryChanged(EntryEvent event) {
        Map<String, Object> fields = fields(
                "event",
                "entryChanged",
                "hash",
                event.hash().toString(),
                "reason",
                event.reason().name().toLowerCase(Locale.ROOT));
        event.after().ifPresent(content -> addContent(fields, content));
        String text =
                switch (event.reason()) {
                    case PUT -> event.after().map(Line::holds).orElse("");
                    case REMOVED -> " is removed";
                    case EXPIRED -> " has ended";
                };
        return new Line("* " + event.hash() + text, fields);
    }

    private static String holds(Content content) {
        return " holds " + bytes(content) + ": " + preview(content);
    }

    static Line statistics(DhtStatistics statistics) {
        Map<String, Object> fields = fields(
                "entries", statistics.entries(),
                "storeBytes", statistics.storeBytes(),
                "peers", statistics.peers(),
                "candidates", statistics.candidates(),
                "pendingGets", statistics.pendingGets(),
                "lookups", statistics.lookups());
        StringBuilder text = new StringBuilder();
        fields.forEach((name, value) -> addRow(text, name, value));
        statistics.counters().forEach((name, value) -> {
            fields.put(name, value);
            // For a person, what never happened is noise.
            if (value != 0) {
                addRow(text, name, value);
            }
        });
        return new Line(text.toString(), fields);
    }

    private static void addRow(StringBuilder text, String name, Object value) {
        text.append(text.isEmpty() ? "" : "\n").append(name).append(' ').append(value);
    }

    private static String kind(PeerInfo peer) {
        return switch (peer.kind()) {
            case UNDECIDED -> "undecided";
            case ORIGINAL -> "original";
            case CAPABLE -> "capable";
        };
    }

    private static String bytes(Content content) {
        return content.size() == 1 ? "1 byte" : content.size() + " bytes";
    }

    private static String preview(Content content) {
        String shown = Printable.escape(content.toBytes());
        if (shown.length() > PREVIEW_CHARS) {
            int end = PREVIEW_CHARS - (Character.isHighSurrogate(shown.charAt(PREVIEW_CHARS - 1)) ? 1 : 0);
            shown = shown.substring(0, end) + "...";
        }
        return '"' + shown + '"';
    }

    /** As text if the bytes are text, so that most readers need no decoder. */
    private static void addContent(Map<String, Object> fields, Content content) {
        fields.put("size", content.size());
        try {
            fields.put(
                    "content",
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(content.toBytes()))
                            .toString());
        } catch (CharacterCodingException e) {
            fields.put("base64", Base64.getEncoder().encodeToString(content.toBytes()));
        }
    }

    private static Map<String, Object> fields(Object... namesAndValues) {
        Map<String, Object> fields = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            fields.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return fields;
    }
}
