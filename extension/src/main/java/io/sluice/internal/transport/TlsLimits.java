package io.sluice.internal.transport;

import java.time.Duration;

/**
 * The time limits of TLS operations that depend on the peer.
 *
 * @param handshakeTimeout for the whole handshake, from its start; zero means no limit
 * @param handshakeSpent what has already passed of it, while the client's first message was awaited
 * @param closeTimeout for the whole close, which is always bounded; positive
 */
public record TlsLimits(Duration handshakeTimeout, Duration handshakeSpent, Duration closeTimeout) {
    /** Rejects negative durations, and a close without a limit. */
    public TlsLimits {
        if (handshakeTimeout.isNegative() || closeTimeout.isNegative() || closeTimeout.isZero()) {
            throw new IllegalArgumentException(
                    "the handshake timeout must not be negative, and the close timeout must be"
                            + " positive: handshake " + handshakeTimeout + ", close " + closeTimeout);
        }
    }

    /** The limits of a handshake that has not begun. */
    public TlsLimits(Duration handshakeTimeout, Duration closeTimeout) {
        this(handshakeTimeout, Duration.ZERO, closeTimeout);
    }

    Deadline handshakeDeadline() {
        return Deadline.after(handshakeTimeout, handshakeSpent);
    }
}
