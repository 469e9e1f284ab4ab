package io.sluice.context;

import io.sluice.internal.Internal;
import io.sluice.internal.settings.ParameterSettings;
import java.time.Duration;

/**
 * How long a handshake and a close may take.
 *
 * @param handshake from the first byte to the last of a handshake, 10 seconds unless configured; zero means no limit
 * @param close how long a close waits to send its close_notify, 2 seconds unless configured; always longer than zero, because a close is
 *     bounded
 */
public record TlsTimeouts(Duration handshake, Duration close) {

    /** What holds where nothing is configured: 10 seconds for a handshake, 2 for a close. */
    public static final TlsTimeouts DEFAULT = new TlsTimeouts(Duration.ofSeconds(10), Duration.ofSeconds(2));

    /**
     * Makes a pair of timeouts.
     *
     * @param handshake for a handshake; zero means no limit
     * @param close for a close
     * @throws IllegalArgumentException if one of them is negative, or the one for a close is zero
     */
    public TlsTimeouts {
        if (handshake.isNegative()) {
            throw new IllegalArgumentException(
                    "the handshake timeout must not be negative, but is " + handshake + "; zero means no limit");
        }
        if (close.isZero() || close.isNegative()) {
            throw new IllegalArgumentException("the close timeout must be longer than zero, but is " + close);
        }
    }

    /**
     * These timeouts with those configured on top.
     *
     * @param settings what is configured
     * @return the timeouts that apply
     * @hidden
     */
    @Internal
    public TlsTimeouts with(ParameterSettings settings) {
        return new TlsTimeouts(
                settings.handshakeTimeout().orElse(handshake),
                settings.closeTimeout().orElse(close));
    }
}
