package io.sluice.stream;

/**
 * Opens streams to servers. Inject it with {@code @SslContext("name")}. Thread-safe.
 *
 * <p>This is the client's counterpart of {@link SocketStreamCreator}, which explains initargs and {@code errorp}, and the
 * Java form of LispWorks' {@code open-tcp-stream}.
 */
public interface SocketStreamConnector {

    /**
     * Connects to a host, does the TLS handshake as the client, and creates a stream over the connection. The server's
     * certificate is verified and must match {@code host} (or {@link Initarg#serverName}).
     *
     * <p>The addresses of the host are tried in turn within the connect timeout, which is 10 seconds unless {@link
     * Initarg#connectTimeout} changes it. Errors are reported as in {@link SocketStreamCreator#create}.
     *
     * @param host a host name or an IP address
     * @param port a TCP port, 1 to 65535
     * @param streamClass {@link SocketStream} or a subclass that the container can create
     * @param initargs the initargs of this call, each at most once
     * @param <S> the stream class
     * @return the stream, which the caller must close, or the condition
     * @throws SocketStreamException the condition, if {@code errorp} is true
     * @throws IllegalArgumentException if the host, the port, the stream class or an initarg is invalid
     */
    <S extends SocketStream> StreamResult<S> open(String host, int port, Class<S> streamClass, Initarg... initargs)
            throws SocketStreamException;
}
