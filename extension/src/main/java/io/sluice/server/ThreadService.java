package io.sluice.server;

import org.jspecify.annotations.Nullable;

/** Serves each connection on a thread of its own. Thread-safe. */
final class ThreadService implements ConnectionService {

    private final AcceptingServer server;
    private final ConnectionHandler handler;

    ThreadService(AcceptingServer server, ConnectionHandler handler) {
        this.server = server;
        this.handler = handler;
    }

    @Override
    public boolean needsThread() {
        return true;
    }

    /** Afterwards, the thread helps the server. */
    @Override
    public void serve(ServerConnection first) {
        serveOne(first);
        for (@Nullable ServerConnection next = server.end(first); next != null; next = server.end(next)) {
            Thread.interrupted(); // An earlier interrupt was meant for the connection before.
            serveOne(next);
        }
    }

    private void serveOne(ServerConnection connection) {
        try {
            connection.setThread(Thread.currentThread());
            if (server.isReady(connection)) {
                handler.handle(connection);
                server.reports().completed(connection);
            }
        } catch (Throwable t) {
            connection.abort(); // First, because the report may need the descriptor.
            server.reports().failed(connection, t);
        }
    }
}
