package io.sluice.internal.cdi.endpoint;

import io.sluice.internal.cdi.container.ThreadBound;
import io.sluice.server.ServerConnection;
import io.sluice.server.StreamFunction;
import io.sluice.stream.SocketStream;

/** The connection that a server's function serves on this thread. */
public final class CurrentConnection {

    private static final ThreadBound<ServerConnection> CURRENT = new ThreadBound<>();

    private CurrentConnection() {}

    public static ServerConnection get() {
        ServerConnection connection = CURRENT.get();
        if (connection == null) {
            throw new IllegalStateException(
                    "no server serves a connection on this thread: a ServerConnection is injected"
                            + " only while an endpoint's method or a server's function runs");
        }
        return connection;
    }

    /** The function, with its connection known on its thread. */
    static <S extends SocketStream> StreamFunction<S> bind(StreamFunction<S> function) {
        return (stream, connection) -> {
            ServerConnection outer = CURRENT.bind(connection);
            try {
                function.serve(stream, connection);
            } finally {
                CURRENT.restore(outer);
            }
        };
    }
}
