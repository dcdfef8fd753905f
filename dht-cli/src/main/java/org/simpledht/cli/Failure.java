package org.simpledht.cli;

import java.io.UncheckedIOException;
import org.simpledht.CannotListenException;
import org.simpledht.DeclinedException;
import org.simpledht.DhtException;
import org.simpledht.DhtTimeoutException;
import org.simpledht.NoPeerException;
import org.simpledht.StoreFullException;
import org.simpledht.UnreachableException;

/**
 * What went wrong, as the person at the terminal needs it.
 *
 * @param message cause and remedy
 * @param exit the process's exit code, if this ends it
 */
record Failure(String message, int exit) {

    static Failure of(Throwable thrown) {
        String message = thrown.getMessage();
        if (thrown instanceof IllegalArgumentException) {
            return new Failure(message, ExitCode.USAGE);
        }
        if (thrown instanceof UncheckedIOException) {
            return new Failure(message, ExitCode.INPUT_OUTPUT);
        }
        if (thrown instanceof DhtException) {
            return ofLibrary((DhtException) thrown, message);
        }
        if (thrown instanceof IllegalStateException && message != null) {
            return new Failure(message, ExitCode.INTERNAL);
        }
        return new Failure("internal error: " + thrown + "; please report it, with what -vv prints", ExitCode.INTERNAL);
    }

    private static Failure ofLibrary(DhtException thrown, String message) {
        if (thrown instanceof CannotListenException) {
            return new Failure(
                    message + "; choose an address of this machine and a free port, or port 0 for any",
                    ExitCode.CANNOT_LISTEN);
        }
        if (thrown instanceof DeclinedException || thrown instanceof StoreFullException) {
            return new Failure(message, ExitCode.DECLINED);
        }
        if (thrown instanceof DhtTimeoutException
                || thrown instanceof UnreachableException
                || thrown instanceof NoPeerException) {
            return new Failure(message, ExitCode.UNREACHABLE);
        }
        throw new AssertionError(thrown);
    }
}
