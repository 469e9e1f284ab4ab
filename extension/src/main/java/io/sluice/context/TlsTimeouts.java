package io.sluice.context;

import io.sluice.internal.Internal;
import io.sluice.internal.settings.ParameterSettings;
import java.time.Duration;
import java.util.Objects;

/** The longest times that a handshake and a close may take. Immutable. */
public final class TlsTimeouts {

    /** The timeouts that apply unless others are configured: 10 seconds for a handshake, 2 for a close. */
    public static final TlsTimeouts DEFAULT = new TlsTimeouts(Duration.ofSeconds(10), Duration.ofSeconds(2));

    private final Duration handshake;
    private final Duration close;

    private TlsTimeouts(Duration handshake, Duration close) {
        if (handshake.isNegative()) {
            throw new IllegalArgumentException(
                    "the handshake timeout must not be negative, but is " + handshake + ". Zero means no limit");
        }
        if (close.isZero() || close.isNegative()) {
            throw new IllegalArgumentException("the close timeout must be longer than zero, but is " + close);
        }
        this.handshake = handshake;
        this.close = close;
    }

    /**
     * These timeouts with another one for the handshake.
     *
     * @param limit the longest time from the first byte of a handshake to the last; zero means no limit
     * @return the new timeouts
     * @throws IllegalArgumentException if it is negative
     */
    public TlsTimeouts withHandshake(Duration limit) {
        return new TlsTimeouts(limit, close);
    }

    /**
     * These timeouts with another one for the close.
     *
     * @param limit the longest time that a close waits to send its close_notify; longer than zero, because a close is always bounded
     * @return the new timeouts
     * @throws IllegalArgumentException if it is zero or negative
     */
    public TlsTimeouts withClose(Duration limit) {
        return new TlsTimeouts(handshake, limit);
    }

    /**
     * These timeouts with those that are configured.
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

    /**
     * The longest time from the first byte of a handshake to the last.
     *
     * @return the limit; zero means no limit
     */
    public Duration handshake() {
        return handshake;
    }

    /**
     * The longest time that a close waits to send its close_notify.
     *
     * @return the limit, longer than zero
     */
    public Duration close() {
        return close;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TlsTimeouts that && handshake.equals(that.handshake) && close.equals(that.close);
    }

    @Override
    public int hashCode() {
        return Objects.hash(handshake, close);
    }

    @Override
    public String toString() {
        return "TlsTimeouts[handshake=" + handshake + ", close=" + close + "]";
    }
}
