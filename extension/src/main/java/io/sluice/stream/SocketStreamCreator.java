package io.sluice.stream;

import java.net.Socket;

/**
 * Turns open TCP sockets into streams. Inject it with {@code @SslContext("name")}. Thread-safe. A call blocks only its own
 * thread.
 *
 * <p>This is the Java form of LispWorks' {@code create-ssl-socket-stream}. Two terms come from there:
 *
 * <ul>
 *   <li>An <dfn>initarg</dfn> (initialization argument) is a named, optional argument of one call, such as {@code
 *       Initarg.readTimeout(Duration.ofSeconds(10))}. It sets an option of this stream only, or supplies a value for an
 *       {@link Assisted} injection point of the stream class. See {@link Initarg}.
 *   <li>{@code errorp} ("error predicate") decides how a condition (a socket error) is reported. If it is false, the call
 *       returns the condition in a {@link StreamResult.Failed}. If it is true, the call throws it. The injection point sets it with
 *       {@code @SslContext(value = "web", errorp = true)}, and {@link Initarg#errorp} sets it for one call.
 * </ul>
 */
public interface SocketStreamCreator {

    /**
     * Creates a stream of the given class over an open socket. First it does the TLS handshake as the server, or as {@link
     * Initarg#sslSide} says, within the context's deadline. Then the container creates the instance.
     *
     * <p>The call takes ownership of the socket at once and hands it over to the stream that it returns. If it returns no
     * stream, it has closed the socket, exactly once. A condition is returned in a {@link StreamResult.Failed}, or thrown
     * if {@code errorp} is true. Conditions are I/O errors, TLS errors, missed deadlines, unusable contexts, and any
     * {@link SocketStreamException} that the stream class throws. Any other exception of the stream class is rethrown
     * unchanged.
     *
     * <p>The socket's options are not changed. Sluice writes whole flights at once, so setting TCP_NODELAY is worthwhile:
     * without it, a server's first answer over TLS 1.3 may wait for the peer's delayed acknowledgement of the session
     * tickets.
     *
     * @param socket a connected, blocking socket whose input and output are open
     * @param streamClass {@link SocketStream} or a subclass that the container can create
     * @param initargs the named, optional arguments of this call ("initialization arguments" in Lisp), made by the factories of {@link
     *     Initarg}; each at most once
     * @param <S> the stream class
     * @return the stream, which the caller must close, or the condition
     * @throws SocketStreamException the condition, if {@code errorp} is true
     * @throws NullPointerException if {@code socket} is null; only then is nothing closed
     * @throws IllegalArgumentException if the stream class or an initarg is invalid
     */
    <S extends SocketStream> StreamResult<S> create(Socket socket, Class<S> streamClass, Initarg... initargs)
            throws SocketStreamException;
}
