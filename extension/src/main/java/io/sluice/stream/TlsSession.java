package io.sluice.stream;

import io.sluice.context.callback.PeerVerdict;
import io.sluice.context.callback.PeerVerdict.Result;
import io.sluice.internal.transport.TlsDetails;
import java.net.InetSocketAddress;
import java.security.Principal;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What the TLS handshake of a stream agreed on. Immutable, and still readable when the stream is closed. */
public final class TlsSession {

    private final TlsDetails details;
    private final InetSocketAddress localPeer;
    private final InetSocketAddress remotePeer;

    TlsSession(TlsDetails details, InetSocketAddress localPeer, InetSocketAddress remotePeer) {
        this.details = details;
        this.localPeer = localPeer;
        this.remotePeer = remotePeer;
    }

    /**
     * The protocol version.
     *
     * @return the JSSE name, {@code TLSv1.3} say
     */
    public String protocol() {
        return details.protocol();
    }

    /**
     * The cipher suite.
     *
     * @return the JSSE name, {@code TLS_AES_256_GCM_SHA384} say
     */
    public String cipherSuite() {
        return details.cipherSuite();
    }

    /**
     * The application protocol agreed on by ALPN (RFC 7301).
     *
     * @return its name, or empty if none was agreed on
     */
    public Optional<String> applicationProtocol() {
        return details.applicationProtocol();
    }

    /**
     * The server name that the client asked for (SNI, RFC 6066).
     *
     * @return the host name, or empty if none was asked for
     */
    public Optional<String> requestedServerName() {
        return details.requestedServerName();
    }

    /**
     * The certificates that the peer authenticated itself with.
     *
     * @return an unmodifiable list, leaf first; empty if the peer sent none
     */
    public List<X509Certificate> peerCertificates() {
        return details.peerCertificates();
    }

    /**
     * The certificates that this side sent.
     *
     * @return an unmodifiable list, leaf first; empty if none was sent
     */
    public List<X509Certificate> localCertificates() {
        return details.localCertificates();
    }

    /**
     * Who the peer is, by its certificate.
     *
     * @return the subject of the peer's leaf certificate, or empty if the peer sent none
     */
    public Optional<Principal> peerPrincipal() {
        return details.peerPrincipal();
    }

    /**
     * What came of verifying the peer's certificate.
     *
     * @return the result and its reason
     */
    public PeerVerdict verification() {
        if (details.note().orElse(null) instanceof PeerVerdict verdict) {
            return verdict;
        }
        if (!details.peerCertificates().isEmpty()) {
            return new PeerVerdict(
                    Result.ACCEPTED_BY_ENGINE,
                    "the engine accepted it, by trust that is not configured here or in an earlier handshake");
        }
        return details.peerAsked()
                ? new PeerVerdict(Result.NOT_SENT, "the peer was asked for a certificate and sent none")
                : new PeerVerdict(Result.NOT_ASKED, "the peer was not asked for a certificate");
    }

    /**
     * The session's identifier. In TLS 1.3 it names nothing on the wire.
     *
     * @return hexadecimal digits, or empty where the engine gives it none
     */
    public String sessionId() {
        return details.sessionId();
    }

    /**
     * When the session was established.
     *
     * @return the time of its full handshake, which is before this connection's where the session was resumed
     */
    public Instant sessionCreated() {
        return details.sessionCreated();
    }

    /**
     * This side of the connection.
     *
     * @return the address and port
     */
    public InetSocketAddress localPeer() {
        return localPeer;
    }

    /**
     * The other side of the connection.
     *
     * @return the address and port
     */
    public InetSocketAddress remotePeer() {
        return remotePeer;
    }

    /**
     * Who implements the engine.
     *
     * @return the provider's name, {@code SunJSSE} say
     */
    public String engineProvider() {
        return details.engineProvider();
    }

    @Override
    public String toString() {
        return protocol() + " " + cipherSuite();
    }
}
