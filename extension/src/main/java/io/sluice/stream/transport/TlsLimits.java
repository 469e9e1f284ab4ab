package io.sluice.stream.transport;

import java.time.Duration;

/**
 * How long TLS may take where the peer decides.
 *
 * @param handshakeTimeout the whole handshake, from its start; zero means without limit
 * @param closeTimeout the whole close; zero means that close waits for nobody
 */
public record TlsLimits(Duration handshakeTimeout, Duration closeTimeout) {
    /** Refuses negative durations. */
    public TlsLimits {
        if (handshakeTimeout.isNegative() || closeTimeout.isNegative()) {
            throw new IllegalArgumentException(
                    "Timeouts must not be negative: handshake " + handshakeTimeout + ", close " + closeTimeout);
        }
    }
}
