package io.sluice.internal.transport;

import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;

/**
 * Sluice's own alert for a handshake that failed while the connection is in the clear (RFC 8446, 6.2). It is sent if the engine has
 * none, or blames itself for the peer's message: JDK 17 says nothing about a message that is cut short, and JDK 25 calls it an internal
 * error.
 */
final class RefusalAlert {
    static final int UNEXPECTED_MESSAGE = 10;
    static final int RECORD_OVERFLOW = 22;
    static final int HANDSHAKE_FAILURE = 40;
    static final int DECODE_ERROR = 50;
    static final int INTERNAL_ERROR = 80;

    private RefusalAlert() {}

    static int of(TransportException e) {
        return e.answer().orElseGet(() -> e.fault() == Fault.TLS ? ofEngine(e.getCause()) : UNEXPECTED_MESSAGE);
    }

    /** A failure with a deeper cause is this side's: a provider's, a key's or a callback's. Otherwise the message was malformed. */
    private static int ofEngine(@Nullable Throwable failure) {
        if (failure == null || failure instanceof RuntimeException || failure instanceof SSLHandshakeException) {
            return HANDSHAKE_FAILURE;
        }
        return failure.getCause() == null ? DECODE_ERROR : INTERNAL_ERROR;
    }
}
