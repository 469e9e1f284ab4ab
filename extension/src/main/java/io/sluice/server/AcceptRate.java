package io.sluice.server;

import java.time.Duration;

/** A token bucket: each accepted connection takes a token, and tokens come back at a constant rate. Used by the thread that accepts. */
final class AcceptRate {

    private static final double SECOND = Duration.ofSeconds(1).toNanos();

    private final int perSecond;
    private final int most;
    private double tokens;
    private long filled;

    /**
     * Begins with a full bucket.
     *
     * @param perSecond the number of tokens that come back per second; 0 for no limit
     * @param burst the number of tokens in a full bucket; 0 for those of one second
     * @param now {@link System#nanoTime}
     */
    AcceptRate(int perSecond, int burst, long now) {
        this.perSecond = perSecond;
        this.most = burst == 0 ? perSecond : burst;
        this.tokens = most;
        this.filled = now;
    }

    /** Takes a token, and returns whether there was one. */
    boolean permits(long now) {
        if (perSecond == 0) {
            return true;
        }
        tokens = Math.min(most, tokens + (now - filled) / SECOND * perSecond);
        filled = now;
        if (tokens < 1) {
            return false;
        }
        tokens--;
        return true;
    }
}
