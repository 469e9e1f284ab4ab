package io.sluice.server;

import java.time.Duration;
import java.util.Objects;

/**
 * The limits of the messages of a server. Immutable.
 *
 * @param maxFrame the largest frame in bytes, checked before memory is allocated for it; at least 1
 * @param frameTimeout how long a frame may take from its first byte to its last; longer than zero
 * @param idleTimeout how long a peer may be silent between frames; zero means no limit
 */
public record MessageLimits(int maxFrame, Duration frameTimeout, Duration idleTimeout) {

    /** 64 KiB, 30 seconds, and no limit between frames. */
    public static final MessageLimits DEFAULTS = new MessageLimits(64 * 1024, Duration.ofSeconds(30), Duration.ZERO);

    /**
     * Checks the values.
     *
     * @param maxFrame the largest frame in bytes
     * @param frameTimeout the time of a frame
     * @param idleTimeout the time between frames
     * @throws IllegalArgumentException if one is out of its range; the message names it
     */
    public MessageLimits {
        if (maxFrame < 1) {
            throw new IllegalArgumentException("max-frame must be at least 1, but is " + maxFrame);
        }
        if (Objects.requireNonNull(frameTimeout, "frameTimeout").isZero() || frameTimeout.isNegative()) {
            throw new IllegalArgumentException("frame-timeout must be longer than zero, but is " + frameTimeout);
        }
        if (Objects.requireNonNull(idleTimeout, "idleTimeout").isNegative()) {
            throw new IllegalArgumentException("idle-timeout must not be negative, but is " + idleTimeout);
        }
    }
}
