package io.sluice.server;

import io.sluice.stream.TlsSession;
import java.net.SocketAddress;
import java.time.Instant;
import java.util.Optional;

/**
 * An open connection of a server at one moment: see {@link ServerDescription#connections}. Immutable. Implemented by Sluice only, so later
 * versions may add methods.
 */
public interface ConnectionDescription {

    /**
     * Gives the address of the peer.
     *
     * @return the address; behind a balancer, that of the client as soon as the PROXY header has been read
     */
    SocketAddress peer();

    /**
     * Gives the time at which the connection began.
     *
     * @return when the server accepted the connection
     */
    Instant since();

    /**
     * Counts the bytes that came from the peer, TLS and a PROXY header included.
     *
     * @return the number of bytes; 0 until the stream has been created
     */
    long bytesReceived();

    /**
     * Counts the bytes that went to the peer, TLS included.
     *
     * @return the number of bytes; 0 until the stream has been created
     */
    long bytesSent();

    /**
     * Gives what was negotiated, with the peer's certificates and the {@linkplain TlsSession#caller caller}.
     *
     * @return the session; empty for plaintext, and until the handshake is complete
     */
    Optional<TlsSession> tls();
}
