package io.sluice.event;

/**
 * An endpoint or server resets a connection without serving it, because of a limit. Implemented by Sluice only, so later versions may
 * add methods.
 */
public interface ConnectionRefused extends ConnectionEvent {

    /** The limits because of which connections are refused. Later releases may add some, so a {@code switch} needs a default. */
    enum Limit {
        /** As many connections are open as {@code max-connections} allows, and the server does not let others wait. */
        MAX_CONNECTIONS,
        /** The server is ending. */
        ENDING,
        /** No thread was available for the connection. */
        THREADS
    }

    /**
     * Gives the limit.
     *
     * @return the limit that was reached
     */
    Limit limit();
}
