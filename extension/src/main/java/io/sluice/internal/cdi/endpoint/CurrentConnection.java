package io.sluice.internal.cdi.endpoint;

import io.sluice.internal.cdi.container.ThreadBound;
import io.sluice.server.ServerConnection;
import org.jspecify.annotations.Nullable;

/** The connection that a server serves on the current thread. */
public final class CurrentConnection {

    private static final ThreadBound<ServerConnection> CURRENT = new ThreadBound<>();

    private CurrentConnection() {}

    /** Returns the connection, or throws an exception that says when there is one. */
    public static ServerConnection get() {
        ServerConnection connection = CURRENT.get();
        if (connection == null) {
            throw new IllegalStateException(
                    "no server serves a connection on this thread: a ServerConnection is injected"
                            + " only while an endpoint's method or a server's function runs");
        }
        return connection;
    }

    /** Binds a connection to this thread. The result must be passed to {@link #restore}. */
    static @Nullable ServerConnection bind(ServerConnection connection) {
        return CURRENT.bind(connection);
    }

    static void restore(@Nullable ServerConnection outer) {
        CURRENT.restore(outer);
    }
}
