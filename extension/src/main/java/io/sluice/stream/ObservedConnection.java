package io.sluice.stream;

import io.sluice.context.SslSide;
import io.sluice.internal.Internal;
import io.sluice.internal.tls.HandshakeEvidence;
import io.sluice.internal.transport.RawSocket;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

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
     * It is known how the stream will be created. Called before anything is read.
     *
     * @param context the name of the context, if it has one
     * @param side this side
     */
    void planned(Optional<String> context, SslSide side);

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

    /** {@return whether the first message of the client is needed to explain or to check the next handshake} */
    boolean wantsHello();

    /**
     * The handshake is complete.
     *
     * @param session what was negotiated
     * @param hello the client's first message; null if it was not wanted
     */
    void handshakeCompleted(TlsSession session, @Nullable ByteBuffer hello);

    /**
     * The handshake has failed. {@link #handshakeFailed} or {@link #probed} follows.
     *
     * @param evidence looks at the engine; for this call only. Gives null if the engine cannot tell
     */
    void handshakeExplained(Supplier<@Nullable HandshakeEvidence> evidence);

    /**
     * The handshake has failed, and with it the connection.
     *
     * @param condition the reason
     */
    void handshakeFailed(SocketStreamException condition);

    /**
     * The application's code begins to serve the stream on this thread.
     *
     * @param stream the stream over the connection
     * @return hears of its end, on the same thread
     */
    default Call called(SocketStream stream) {
        return Call.UNOBSERVED;
    }

    /** A call of the application's code. */
    @FunctionalInterface
    interface Call {

        /** Nobody wants to know. */
        Call UNOBSERVED = failure -> {};

        /**
         * The call has ended.
         *
         * @param failure what it threw; null if it returned
         */
        void ended(@Nullable Throwable failure);
    }

    /** The peer only checked the port, which is no failure. */
    void probed();

    /** The peer has ended the connection, and everything was read. */
    void peerEnded();

    /**
     * The connection has failed. Only the first failure counts. A condition that says that this side has closed the connection is none.
     *
     * @param failure the reason, which may be that of another connection
     */
    void failed(Throwable failure);

    /**
     * The connection has failed because its own bytes could not be exchanged, and not during a handshake.
     *
     * @param condition the reason
     */
    void transportFailed(SocketStreamException condition);

    /**
     * The connection has failed before there was a stream with TLS over it. The failure is its own: no application's code is running.
     *
     * @param failure the reason
     */
    void notCreated(Throwable failure);

    /** The stream is closed. A connection that a server has accepted ends later. */
    void streamClosed();

    /** The server's connection has ended. */
    void ended();
}
