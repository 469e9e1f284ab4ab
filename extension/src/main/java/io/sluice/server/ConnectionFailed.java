package io.sluice.server;

import java.net.SocketAddress;

/**
 * A connection that ended by a failure: of its handshake, of making its stream, or of its handler.
 *
 * @param endpoint the server's name
 * @param peer the other side
 * @param cause what was thrown
 */
public record ConnectionFailed(String endpoint, SocketAddress peer, Throwable cause) {}
