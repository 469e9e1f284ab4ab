package io.sluice.event;

/**
 * An endpoint or server has reset a connection without serving it, because of a limit. Implemented by Sluice only, so later versions may
 * add methods.
 */
public interface ConnectionRefused extends ConnectionEvent {

    /** The limits that can refuse a connection. Later releases may add limits, so a {@code switch} needs a default. */
    enum Limit {
        /** {@code max-connections} connections are open, and {@code when-full} does not let others wait. */
        MAX_CONNECTIONS,
        /** The server is ending. */
        ENDING,
        /** No thread was available for the connection. */
        THREADS,
        /** The server accepted more than {@code accept-rate} connections per second. */
        ACCEPT_RATE
    }

    /**
     * Gives the limit.
     *
     * @return the limit that was reached
     */
    Limit limit();
}
