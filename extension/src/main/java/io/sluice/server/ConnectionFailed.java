package io.sluice.server;

import java.net.SocketAddress;

/**
 * A connection that ended by a failure: of its handshake, of making its stream, or of its handler. It is told once for each such
 * connection, also for those that the log only counts, on the connection's thread and after the connection was closed. The connection
 * counts as active until then, so whoever is told should not block.
 *
 * <p>It is not told of a connection whose peer left without a byte, or of a balancer's check: see {@link ServerCounts#probes}.
 *
 * @param endpoint the server's name
 * @param peer the other side
 * @param cause what was thrown
 */
public record ConnectionFailed(String endpoint, SocketAddress peer, Throwable cause) {}
