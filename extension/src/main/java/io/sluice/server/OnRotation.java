package io.sluice.server;

/**
 * What a server does with open connections when a reload gives its named context a new generation. The connections use the keys and the
 * trust with which they began.
 */
public enum OnRotation {
    /** They continue. This is the default. */
    KEEP,
    /**
     * Their handlers are asked to finish ({@link ServerConnection#shouldFinish}). The server closes those that are still open after the
     * drain timeout.
     */
    DRAIN,
    /** The server closes them at once. TLS ends gracefully, within the close timeout. */
    CLOSE
}
