package io.sluice.stream;

import java.net.Socket;

/**
 * Turns open TCP sockets into streams; injected with {@code @SslContext("name")}.
 *
 * <p>The Java form of LispWorks' {@code create-ssl-socket-stream}. Thread-safe: one creator serves any number of threads
 * at once, each call blocking only its own.
 */
public interface SocketStreamCreator {

    /**
     * Makes a stream of the given class over an open socket: TLS handshake as the server (unless {@link
     * Initarg#sslSide} says otherwise) under the context's deadline, then the instance, made by the container.
     *
     * <p>The socket belongs to this call as soon as it is made, and to the stream once that is returned: on every other
     * exit it is closed, exactly once. A socket error (I/O, TLS, a deadline that passed, a context that cannot be used, a
     * {@link SocketStreamException} of the stream class's own) is returned as {@link StreamResult.Failed}, or thrown
     * where {@code errorp} is true. Anything else that the stream class throws comes out as it was thrown.
     *
     * <p>The socket's options stay as they are. Whole flights are written at once, so TCP_NODELAY is worth setting: without
     * it a server's first answer over TLS 1.3 may wait for the peer's delayed acknowledgement of the session tickets.
     *
     * @param socket a connected socket in blocking mode, with neither side shut
     * @param streamClass {@link SocketStream} or a subclass that the container can make
     * @param initargs the named, optional arguments of this call ("initialization arguments" in Lisp), made by the factories of {@link
     *     Initarg}; each at most once
     * @param <S> the stream class
     * @return the stream, the caller's to close, or the condition
     * @throws SocketStreamException the condition, where {@code errorp} is true
     * @throws NullPointerException if {@code socket} is null: the one failure that closes nothing
     * @throws IllegalArgumentException if the stream class or an initarg is not usable
     */
    <S extends SocketStream> StreamResult<S> create(Socket socket, Class<S> streamClass, Initarg... initargs)
            throws SocketStreamException;
}
