package io.sluice.stream;

/**
 * Opens streams to servers; injected with {@code @SslContext("name")}.
 *
 * <p>The client side of {@link SocketStreamCreator}, the Java form of LispWorks' {@code open-tcp-stream}. Thread-safe.
 */
public interface SocketStreamConnector {

    /**
     * Connects to a host and makes a stream of the connection, with the TLS handshake done as the client. The server's
     * certificate is verified, and matched with {@code host} (or with {@link Initarg#serverName}).
     *
     * <p>All addresses of the host are tried in turn within the connect timeout (10 seconds unless {@link
     * Initarg#connectTimeout} says otherwise). Errors and ownership are those of {@link SocketStreamCreator#create}.
     *
     * @param host a host name or an address
     * @param port a TCP port, 1 to 65535
     * @param streamClass {@link SocketStream} or a subclass that the container can make
     * @param initargs arguments of this call, each at most once
     * @param <S> the stream class
     * @return the stream, the caller's to close, or the condition
     * @throws SocketStreamException the condition, where {@code errorp} is true
     * @throws IllegalArgumentException if the host, the port, the stream class or an initarg is not usable
     */
    <S extends SocketStream> StreamResult<S> open(String host, int port, Class<S> streamClass, Initarg... initargs)
            throws SocketStreamException;
}
