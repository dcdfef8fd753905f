package org.simpledht.testing;

import java.time.Duration;
import org.simpledht.protocol.Frame;
import org.simpledht.protocol.Message;
import org.simpledht.types.NetAddress;

/** What one life of a good node says to one original, and is told in its name: so that nobody can have it say more than it may. */
final class Care {

    /** A hash that was announced is asked for so often. */
    private static final int TRIES = 12;

    /** So many announcements of its own within ten seconds, and one in a second each to challenge and to probe it thrice. */
    private static final long ANNOUNCED = 512;

    private static final long ANNOUNCED_PER_SECOND = 52 + 4;
    private static final long SIGNS_AT_ONCE = 6;
    private static final long SIGNS_PER_SECOND = 2;

    private final String who;
    private final Duration since;
    private final Burst burst = new Burst();
    private long gets;
    private long announcements;
    private long signs;
    private long putsRead;
    private long announcementsRead;
    private long extensionsRead;

    Care(String who, Duration since) {
        this.who = who;
        this.since = since;
    }

    void read(Frame frame) {
        putsRead += frame.carrier() instanceof Message.Put ? 1 : 0;
        announcementsRead += frame.carrier() instanceof Message.IHave ? 1 : 0;
        extensionsRead += frame.extension().isPresent() ? 1 : 0;
    }

    /**
     * @throws AssertionError if it is too much, or such that no original would survive it
     */
    void sent(NetAddress to, Frame frame, Duration now) {
        long seconds = 1 + now.minus(since).toSeconds();
        Message message = frame.carrier();
        if (message instanceof Message.Discover discover && discover.peer().isV6() && !to.isV6()) {
            throw new AssertionError(who + ": tells of " + discover.peer() + ", to which it cannot send");
        }
        if (message instanceof Message.Put || message instanceof Message.Discover) {
            burst.sent(who, now.toNanos());
        } else if (message instanceof Message.Get) {
            // What others ask for and nobody here has is passed on once a second.
            require(++gets, TRIES * announcementsRead + seconds, "Gets");
        } else if (message instanceof Message.IHave) {
            require(++announcements, ANNOUNCED + ANNOUNCED_PER_SECOND * seconds + putsRead, "IHaves");
        } else {
            require(++signs, SIGNS_AT_ONCE + SIGNS_PER_SECOND * seconds + extensionsRead, "KeepAlives");
        }
    }

    private void require(long sent, long most, String what) {
        if (sent > most) {
            throw new AssertionError(who + ": " + sent + " " + what + ", and at most " + most + " may be");
        }
    }
}
