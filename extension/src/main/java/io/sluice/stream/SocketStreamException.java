package io.sluice.stream;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A socket error: thrown by a stream's reads and writes, and held as a value by {@link StreamResult.Failed}.
 *
 * <p>The message names the context, the peer and the stage, and says what to do. Decide by {@link #kind()}, not by the
 * message. A stream class may throw one of its own while it is made (a greeting that did not come, say).
 */
public class SocketStreamException extends IOException {

    private static final long serialVersionUID = 1L;

    /** What went wrong, for decisions in code. Kinds may be added: give a {@code switch} a default. */
    public enum Kind {
        /** The stream was closed on this side, or used after it was closed. */
        CLOSED,
        /** The peer ended the connection where more was due. */
        PEER_CLOSED,
        /** The connection ended without the TLS close_notify: what was read may lack its end. */
        TRUNCATED,
        /** No connection within the connect timeout. */
        CONNECT_TIMEOUT,
        /** No connection: nobody listens there, or there is no way there. */
        CONNECT_FAILED,
        /** The handshake was not done within its deadline. */
        HANDSHAKE_TIMEOUT,
        /** No data within the read timeout. Nothing is lost: the read may be made again. */
        READ_TIMEOUT,
        /** The read deadline has passed. Nothing is lost: set a later deadline to read on. */
        READ_DEADLINE,
        /**
         * A line is longer than the limit given to {@code readLine}. Nothing is lost: the connection stays open, and the line can be
         * read.
         */
        LINE_TOO_LONG,
        /** The peer took no data within the write timeout; the connection is ended. */
        WRITE_TIMEOUT,
        /** The peer did not end TLS in time when it was taken off the stream; the connection is ended. */
        CLOSE_TIMEOUT,
        /** The connection is to begin with a PROXY header, and began with something else. */
        PROXY_HEADER_INVALID,
        /** The connection is to come from a trusted balancer, and came from elsewhere. */
        PROXY_NOT_TRUSTED,
        /** The peer does not speak TLS. */
        NOT_TLS,
        /** No TLS version or cipher suite in common. */
        VERSION_OR_CIPHER_MISMATCH,
        /** Both sides offer application protocols (ALPN), but have none in common. */
        ALPN_MISMATCH,
        /** The peer's certificate has expired. */
        CERTIFICATE_EXPIRED,
        /** The peer's certificate is not valid yet. */
        CERTIFICATE_NOT_YET_VALID,
        /** The peer's certificate was issued by nobody whom the context trusts. */
        CERTIFICATE_UNKNOWN_ISSUER,
        /** The server's certificate is for another host. */
        CERTIFICATE_WRONG_HOST,
        /** The peer's certificate has been revoked. */
        CERTIFICATE_REVOKED,
        /** The peer's certificate is not for this use. */
        CERTIFICATE_WRONG_USAGE,
        /** The peer's certificate failed verification in another way. */
        CERTIFICATE_INVALID,
        /** The context requires a client certificate and the client sent none. */
        CLIENT_CERTIFICATE_MISSING,
        /** The peer ended the handshake or the connection with an alert. */
        REJECTED_BY_PEER,
        /** The peer broke a rule or a limit of the TLS protocol. */
        PROTOCOL_VIOLATION,
        /** Another failure of TLS. */
        TLS,
        /** The context cannot be loaded, or cannot serve this side (no usable key). */
        CONTEXT_UNUSABLE,
        /** The socket given is closed, not connected, half shut or in non-blocking mode. */
        SOCKET_UNUSABLE,
        /** The thread was interrupted. */
        INTERRUPTED,
        /** The peer did not speak the application's protocol: for stream classes to throw. */
        APPLICATION,
        /** Another failure of the socket. */
        IO
    }

    private final Kind kind;

    /**
     * A condition without a cause.
     *
     * @param kind what went wrong
     * @param message what happened and what to do
     */
    public SocketStreamException(Kind kind, String message) {
        this(kind, message, null);
    }

    /**
     * A condition with its cause.
     *
     * @param kind what went wrong
     * @param message what happened and what to do
     * @param cause what led to it, or null
     */
    public SocketStreamException(Kind kind, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    /**
     * What went wrong.
     *
     * @return the kind, never null
     */
    public Kind kind() {
        return kind;
    }
}
