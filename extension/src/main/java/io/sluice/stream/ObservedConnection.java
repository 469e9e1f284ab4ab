package io.sluice.stream;

import io.sluice.context.SslSide;
import io.sluice.internal.Internal;
import io.sluice.internal.transport.RawSocket;
import java.net.InetSocketAddress;
import java.util.Optional;

/**
 * Observes one connection. The thread on which something happens calls it, so it neither waits nor throws. Thread-safe.
 *
 * @hidden
 */
@Internal
public interface ObservedConnection {

    /**
     * A stream is created over the connection.
     *
     * @param socket the socket, which counts its bytes
     */
    void over(RawSocket socket);

    /**
     * The peer is known, although a balancer may be between.
     *
     * @param peer the peer's address
     */
    void peer(InetSocketAddress peer);

    /**
     * A handshake begins, or continues after a timeout.
     *
     * @param context the name of the context, if it has one
     * @param side this side
     */
    void handshakeBegun(Optional<String> context, SslSide side);

    /**
     * The handshake is complete.
     *
     * @param session what was negotiated
     */
    void handshakeCompleted(TlsSession session);

    /**
     * The handshake has failed, and with it the connection.
     *
     * @param condition the reason
     */
    void handshakeFailed(SocketStreamException condition);

    /** The peer only checked the port, which is no failure. */
    void probed();

    /** The peer has ended the connection, and everything was read. */
    void peerEnded();

    /**
     * The connection has failed. Only the first failure counts. A condition that says that this side has closed the connection is none.
     *
     * @param failure the reason
     */
    void failed(Throwable failure);

    /** The stream is closed. A connection that a server has accepted ends later. */
    void streamClosed();

    /** The server's connection has ended. */
    void ended();
}
