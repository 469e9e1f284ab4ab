package io.sluice.server;

/** How a server serves its connections. Thread-safe. */
interface ConnectionService {

    /** Whether {@link #serve} returns only when the connection has ended, so that it needs a thread of its own. */
    boolean needsThread();

    /** Serves a connection that has a permit, and then those that get its permit. */
    void serve(ServerConnection first);
}
