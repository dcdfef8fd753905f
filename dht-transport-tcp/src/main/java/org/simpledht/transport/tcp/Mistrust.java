package org.simpledht.transport.tcp;

import java.nio.ByteBuffer;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.util.Locale;
import javax.net.ssl.SSLException;
import org.simpledht.types.Printable;

/** What the JDK says of a failed handshake, in words that name the remedy. */
final class Mistrust {

    /** Behind what happened to a connection before it was secure. */
    static final String IN_HANDSHAKE = " in the midst of the TLS handshake, as who speaks no tls:// does";

    private static final int HANDSHAKE = 22;
    private static final int ALERT_RECORD = 21;
    private static final int MAJOR_VERSION = 3;
    private static final int MAX_LENGTH = 200;
    private static final String ALERT = "Received fatal alert: ";

    private Mistrust() {}

    static String explain(SSLException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof CertificateExpiredException) {
                return "its certificate has ended: " + text(cause);
            }
            if (cause instanceof CertPathBuilderException) {
                return "its certificate is of no authority in tls-trust";
            }
            if (cause instanceof CertificateException && cause.getCause() == null) {
                return "its certificate is refused: " + text(cause);
            }
        }
        String message = text(failure);
        if (message.contains("Empty") && message.contains("certificate chain")) {
            return "it shows no certificate of an authority in tls-trust, and tls-client-auth asks for one";
        }
        // Later JDKs say the alert's name before it, too.
        int alert = message.indexOf(ALERT);
        if (alert >= 0) {
            return alert(message.substring(alert + ALERT.length()));
        }
        if (message.contains("plaintext connection")
                || message.contains("Unsupported or unrecognized SSL message")
                || message.contains("SSL record version")) {
            return "it speaks no TLS, as a tcp:// node or client";
        }
        return "TLS failed: " + message;
    }

    /** Whether the first bytes of a connection are those of a TLS record. */
    static boolean looksLikeTls(ByteBuffer first) {
        return first.limit() >= 2
                && (first.get(0) == HANDSHAKE || first.get(0) == ALERT_RECORD)
                && first.get(1) == MAJOR_VERSION;
    }

    private static String alert(String alert) {
        return switch (alert) {
            case "bad_certificate",
                    "certificate_required",
                    "certificate_unknown",
                    "unknown_ca",
                    "certificate_expired",
                    "certificate_revoked",
                    "unsupported_certificate" ->
                "it refuses our certificate, or wants one and got none (" + alert
                        + "); look at tls-certificate here and at tls-trust there";
            default -> "it refuses: " + alert.toLowerCase(Locale.ROOT);
        };
    }

    /** A certificate's names may stand in it, which a stranger has chosen. */
    private static String text(Throwable cause) {
        String text =
                Printable.escape(cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage());
        return text.length() <= MAX_LENGTH ? text : text.substring(0, MAX_LENGTH) + "...";
    }
}
