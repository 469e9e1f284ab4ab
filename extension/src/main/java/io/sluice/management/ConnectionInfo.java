package io.sluice.management;

import org.jspecify.annotations.Nullable;

/** An open connection at one moment: see {@link io.sluice.server.ConnectionDescription}. Immutable. Implemented by Sluice only. */
public interface ConnectionInfo {

    /**
     * The peer.
     *
     * @return its address and port
     */
    String getPeer();

    /**
     * The time at which the server accepted the connection.
     *
     * @return the time (ISO-8601)
     */
    String getSince();

    /**
     * The bytes that came from the peer.
     *
     * @return their number, TLS and a PROXY header included
     */
    long getBytesReceived();

    /**
     * The bytes that went to the peer.
     *
     * @return their number, TLS included
     */
    long getBytesSent();

    /**
     * The TLS version.
     *
     * @return the JDK's name; null for plaintext, and until the handshake is complete
     */
    @Nullable
    String getProtocol();

    /**
     * The cipher suite.
     *
     * @return the JDK's name; null for plaintext, and until the handshake is complete
     */
    @Nullable
    String getCipherSuite();

    /**
     * The group of the key exchange.
     *
     * @return its name; null if there was none
     */
    @Nullable
    String getGroup();

    /**
     * Whether the handshake resumed a session.
     *
     * @return true if it did; null for plaintext, and until the handshake is complete
     */
    @Nullable
    Boolean getResumed();

    /**
     * Who the peer is.
     *
     * @return the name that {@code client-auth.allow} matched, otherwise the subject of the peer's certificate; null without a certificate
     */
    @Nullable
    String getCaller();
}
