package io.sluice.server;

/** Serves connections. Each call is on the connection's own thread. */
@FunctionalInterface
public interface ConnectionHandler {

    /**
     * Serves one connection. The server closes it when the call returns or throws.
     *
     * @param connection the connection
     * @throws Exception to end this connection and no other; it is logged and fired as {@link ConnectionFailed}
     */
    void handle(ServerConnection connection) throws Exception;
}
