package io.sluice.stream;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A condition: a socket error, with its kind. Reads and writes of a stream throw it, and {@link StreamResult.Failed} holds it.
 *
 * <p>The message names the context, the peer and the stage, and says what to do. Decide by {@link #kind()}, not by the
 * message. A stream class may throw this exception while an instance is created, for example if the peer sends no greeting.
 */
public class SocketStreamException extends IOException {

    private static final long serialVersionUID = 1L;

    /** The kind of a condition, for decisions in code. Later releases may add kinds, so a {@code switch} needs a default. */
    public enum Kind {
        /** The stream was closed on this side, or used after it was closed or had failed. */
        CLOSED,
        /** The peer closed the connection although more data was expected. */
        PEER_CLOSED,
        /** The connection ended without TLS close_notify. Data may be missing at its end. */
        TRUNCATED,
        /** No connection within the connect timeout. */
        CONNECT_TIMEOUT,
        /** No connection: nothing listens there, or there is no route. */
        CONNECT_FAILED,
        /** No connection of the client was free within the longest wait. */
        POOL_TIMEOUT,
        /** The handshake did not complete within its deadline. */
        HANDSHAKE_TIMEOUT,
        /** No data arrived within the read timeout. Nothing is lost: read again. */
        READ_TIMEOUT,
        /** The read deadline has passed. Nothing is lost: set a later deadline to read on. */
        READ_DEADLINE,
        /** A line is longer than the limit passed to {@code readLine}. Nothing is lost: the line can still be read. */
        LINE_TOO_LONG,
        /** A frame is longer than the limit of the endpoint or client ({@code max-frame}). The connection has been ended. */
        FRAME_TOO_LONG,
        /** What the peer sent is no frame of the protocol. The connection has been ended. */
        FRAME_INVALID,
        /** A frame has begun and did not arrive completely within the frame timeout. The connection has been ended. */
        FRAME_TIMEOUT,
        /** The peer sent nothing for longer than the idle timeout of the endpoint. The connection has been ended. */
        IDLE_TIMEOUT,
        /** The peer did not take the data within the write timeout. The connection has been ended. */
        WRITE_TIMEOUT,
        /** The peer did not end TLS in time when it was detached. The connection has been ended. */
        CLOSE_TIMEOUT,
        /** The connection must begin with a PROXY header, but began with something else. */
        PROXY_HEADER_INVALID,
        /** The connection must come from a trusted balancer, but came from elsewhere. */
        PROXY_NOT_TRUSTED,
        /** The peer does not speak TLS. */
        NOT_TLS,
        /** No TLS version or cipher suite in common. */
        VERSION_OR_CIPHER_MISMATCH,
        /** Both sides offer application protocols (ALPN), but have none in common. */
        ALPN_MISMATCH,
        /** The context refuses the server name that the client sent (SNI), or that it sent none. */
        SERVER_NAME_REFUSED,
        /** The peer's certificate has expired. */
        CERTIFICATE_EXPIRED,
        /** The peer's certificate is not valid yet. */
        CERTIFICATE_NOT_YET_VALID,
        /** No authority that the context trusts issued the peer's certificate. */
        CERTIFICATE_UNKNOWN_ISSUER,
        /** The server's certificate is for another host. */
        CERTIFICATE_WRONG_HOST,
        /** The peer's certificate has been revoked. */
        CERTIFICATE_REVOKED,
        /** The extended key usage of the peer's certificate does not allow the peer's side. */
        CERTIFICATE_WRONG_USAGE,
        /**
         * The client's certificate is valid, but no rule of the context ({@code client-auth.allow}) matches its names, or the application
         * server does not know the client.
         */
        CERTIFICATE_NOT_ALLOWED,
        /** The peer's certificate failed verification for another reason. */
        CERTIFICATE_INVALID,
        /** The context requires a client certificate, and the client sent none. */
        CLIENT_CERTIFICATE_MISSING,
        /** The peer ended the handshake or the connection with an alert. */
        REJECTED_BY_PEER,
        /** The peer broke a rule or a limit of the TLS protocol. */
        PROTOCOL_VIOLATION,
        /** Another failure of TLS. */
        TLS,
        /** The context cannot be loaded, or has no key to serve with. */
        CONTEXT_UNUSABLE,
        /** The socket passed to the creator is closed, not connected, half closed or in non-blocking mode. */
        SOCKET_UNUSABLE,
        /** The thread was interrupted while it waited. */
        INTERRUPTED,
        /** The peer violated the application's protocol. Only stream classes throw this kind. */
        APPLICATION,
        /** Another failure of the socket, such as a reset. */
        IO
    }

    private final Kind kind;

    /**
     * Creates an exception without a cause.
     *
     * @param kind the kind of error
     * @param message what happened and what to do
     */
    public SocketStreamException(Kind kind, String message) {
        this(kind, message, null);
    }

    /**
     * Creates an exception with a cause.
     *
     * @param kind the kind of error
     * @param message what happened and what to do
     * @param cause the cause, or null
     */
    public SocketStreamException(Kind kind, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    /**
     * Returns the kind of error.
     *
     * @return the kind, never null
     */
    public Kind kind() {
        return kind;
    }
}
