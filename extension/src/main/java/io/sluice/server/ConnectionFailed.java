package io.sluice.server;

import java.net.SocketAddress;

/**
 * A connection that ended by a failure: of its handshake, of making its stream, or of its handler. It is fired once for each such
 * connection, logged or not, on the connection's thread after the connection was closed. The connection counts as active until the
 * observers return, so they should not block.
 *
 * <p>It is not fired for a connection whose peer left without sending a byte, or for a balancer's check: see {@link ServerCounts#probes}.
 *
 * @param endpoint the server's name
 * @param peer the other side
 * @param cause what was thrown
 */
public record ConnectionFailed(String endpoint, SocketAddress peer, Throwable cause) {}
