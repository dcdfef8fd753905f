package org.simpledht.core;

import org.simpledht.protocol.ExtensionRecord;
import org.simpledht.protocol.Frame;

/** Of a client, which speaks to whom the user has named, and shows each the cookie that it has said. */
final class ClientPassage implements Passage {

    private static final int MOST_TOKENS = 4_096;

    private final Bounded<Path, Long> tokens = new Bounded<>(MOST_TOKENS);

    /** A frame has come. Returns whether it says a cookie that was not known before. */
    boolean hear(Path from, Frame frame) {
        boolean isNew = false;
        if (frame.extension().isPresent()) {
            for (ExtensionRecord record : frame.extension().get().records()) {
                if (record instanceof ExtensionRecord.Token token) {
                    Long before = tokens.put(from, token.cookie());
                    isNew |= before == null || before != token.cookie();
                }
            }
        }
        return isNew;
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

    @Override
    public long cookieFor(Path to, Now now) {
        return 0;
    }

    @Override
    public long nodeIdAt(Path to) {
        // A question is to whoever is there: its answer says who that is, also when it has been started anew.
        return 0;
    }
}
