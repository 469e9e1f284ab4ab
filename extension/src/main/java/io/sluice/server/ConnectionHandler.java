package io.sluice.server;

/** Serves connections, each call on a thread of its connection's own. */
@FunctionalInterface
public interface ConnectionHandler {

    /**
     * Serves one connection. The server closes it when this returns or throws.
     *
     * @param connection the connection
     * @throws Exception what ends this connection and no other; it is logged and told to the server's listener, once
     */
    void handle(ServerConnection connection) throws Exception;
}
