package io.sluice.server;

import java.net.SocketAddress;

/**
 * An event: a connection failed in its handshake, in the creation of its stream, or in its handler. It is fired once for each such
 * connection, logged or not, on the connection's thread after the connection was closed. The connection counts as active until the
 * observers return, so they should not block.
 *
 * <p>It is not fired for a connection whose peer left without sending a byte, or for a balancer's check: see {@link
 * ServerCounts#probes}. Implemented by Sluice only, so later versions may add methods.
 */
public interface ConnectionFailed {

    /**
     * Gives the name of the endpoint or server.
     *
     * @return the name
     */
    String endpoint();

    /**
     * Gives the address of the peer.
     *
     * @return the address; behind a balancer, that of the client if the PROXY header was read
     */
    SocketAddress peer();

    /**
     * Gives the cause of the failure.
     *
     * @return what was thrown
     */
    Throwable cause();
}
