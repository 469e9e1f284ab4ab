package io.sluice.internal.transport;

import java.time.Duration;

/**
 * How long TLS may take where the peer decides.
 *
 * @param handshakeTimeout the whole handshake, from its start; zero means no limit
 * @param closeTimeout the whole close, which is always bounded; positive
 */
public record TlsLimits(Duration handshakeTimeout, Duration closeTimeout) {
    /** Refuses negative durations, and a close without a limit. */
    public TlsLimits {
        if (handshakeTimeout.isNegative() || closeTimeout.isNegative() || closeTimeout.isZero()) {
            throw new IllegalArgumentException(
                    "The handshake timeout must not be negative, and the close timeout must be"
                            + " positive: handshake " + handshakeTimeout + ", close " + closeTimeout);
        }
    }
}
