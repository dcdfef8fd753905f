package org.simpledht.core;

import java.util.List;
import org.simpledht.protocol.Extension;
import org.simpledht.protocol.ExtensionRecord;
import org.simpledht.protocol.Frame;

/**
 * Of a client, which speaks to whom the user has named. Each frame with an extension says a cookie of ours, where only who receives
 * at that address can hear it: so whoever shows it is one of ours, and no original in whose name somebody else speaks.
 */
final class ClientPassage implements Passage {

    /** Where one of ours has been heard so lately, an original is not: it would have to be started there in that time. */
    static final long OURS_NANOS = Peer.UNDECIDED_NANOS;

    private static final int MOST_PATHS = 4_096;

    private final List<Binding> bindings;
    private final Cookies cookies;
    private final Bounded<Path, Long> tokens = new Bounded<>(MOST_PATHS);
    private final Bounded<Path, Nonce> nonces = new Bounded<>(MOST_PATHS);
    private final Bounded<Path, Long> oursNanos = new Bounded<>(MOST_PATHS);

    ClientPassage(List<Binding> bindings, Cookies cookies) {
        this.bindings = bindings;
        this.cookies = cookies;
    }

    /** A frame has come. Returns whether it says a cookie that was not known before; who does not show ours is not believed. */
    boolean hear(Path from, Frame frame, Now now) {
        Extension extension = frame.extension().orElse(null);
        if (extension == null) {
            return false;
        }
        boolean showsCookie =
                isStream(from) || cookies.isOf(from.remote(), extension.header().token(), now);
        Nonce asked = nonces.get(from);
        if (showsCookie || asked != null && asked.isNamedIn(extension.records())) {
            shown(from, now);
        }
        if (!showsCookie) {
            return false;
        }
        boolean isNew = false;
        for (ExtensionRecord record : extension.records()) {
            if (record instanceof ExtensionRecord.Token token) {
                Long before = tokens.put(from, token.cookie());
                isNew |= before == null || before != token.cookie();
            }
        }
        return isNew;
    }

    /**
     * A question goes there. Its answer may come when nobody waits for it any more, and it is all that shows who is there where one of
     * ours does not keep our cookie, as it has no room for peers.
     */
    void asks(Path to, Nonce nonce) {
        nonces.put(to, nonce);
    }

    /** Who is there knows what only one of ours can have read in our frames. */
    void shown(Path from, Now now) {
        oursNanos.put(from, now.nanos());
    }

    /** Whether one of ours is there, as far as somebody there has shown lately. */
    boolean isOurs(Path there, Now now) {
        Long shownNanos = oursNanos.get(there);
        return shownNanos != null && now.since(shownNanos) < OURS_NANOS;
    }

    private boolean isStream(Path path) {
        return bindings.get(path.binding()).stream();
    }

    @Override
    public boolean lets(Path to, int bytes, Now now) {
        return true;
    }

    @Override
    public boolean isFree(Path to, Now now) {
        return true;
    }

    @Override
    public long tokenFor(Path to) {
        return tokens.getOrDefault(to, 0L);
    }

    /** Always: who has been started anew has to hear it again before it can show it. */
    @Override
    public long cookieFor(Path to, Now now) {
        return isStream(to) ? 0 : cookies.of(to.remote(), now);
    }

    @Override
    public long nodeIdAt(Path to) {
        // A question is to whoever is there: its answer says who that is, also when it has been started anew.
        return 0;
    }
}
