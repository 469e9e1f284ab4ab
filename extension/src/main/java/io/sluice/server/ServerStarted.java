package io.sluice.server;

/**
 * An event: a server has started to listen. It is fired for each endpoint and each server started from code. Implemented by Sluice only, so
 * later versions may add methods.
 */
public interface ServerStarted {

    /**
     * Gives the server.
     *
     * @return the server, whose address has the actual port
     */
    SocketServer server();
}
