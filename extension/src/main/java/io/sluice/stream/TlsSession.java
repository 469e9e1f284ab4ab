package io.sluice.stream;

import io.sluice.stream.transport.TlsDetails;
import java.security.Principal;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/** What the TLS handshake of a stream agreed on. Immutable, and still readable when the stream is closed. */
public final class TlsSession {

    private final TlsDetails details;

    TlsSession(TlsDetails details) {
        this.details = details;
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
