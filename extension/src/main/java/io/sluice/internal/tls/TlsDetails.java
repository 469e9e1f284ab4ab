package io.sluice.internal.tls;

import io.sluice.internal.engine.EngineAdapter;
import io.sluice.internal.tls.hello.Negotiation;
import java.security.Principal;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * The result of a handshake. It is copied at the end of the handshake, because an engine's session may be freed with the engine. Immutable.
 *
 * @param protocol the protocol version, such as {@code TLSv1.3}
 * @param cipherSuite the suite's standard name
 * @param applicationProtocol the protocol that ALPN selected (RFC 7301)
 * @param requestedServerName the server name that the client requested (RFC 6066, 3)
 * @param peerCertificates the peer's chain, leaf first; empty if it sent none
 * @param localCertificates the chain that this side sent, leaf first; empty if it sent none
 * @param peerPrincipal the subject of the peer's certificate
 * @param sessionId the session's identifier as hexadecimal digits; empty if it has none
 * @param sessionCreated when the session began, which precedes this connection if it was resumed
 * @param peerAsked whether this side asks the peer for a certificate
 * @param note the trust manager's verdict on this handshake, or else the one stored with the session under {@link #NOTE}
 * @param resumed whether the server resumed an earlier session
 * @param group the group of the key exchange, such as {@code x25519}; empty if it had none with a name
 * @param caller the rule of this side that admits the peer, with the peer's name; empty if there are no rules
 * @param isClient whether this side was the client
 * @param exporter exports keying material; empty if the engine cannot
 * @param engineProvider the JCA provider of the engine, such as {@code SunJSSE}, or another name of the engine if no provider is known
 */
public record TlsDetails(
        String protocol,
        String cipherSuite,
        Optional<String> applicationProtocol,
        Optional<String> requestedServerName,
        List<X509Certificate> peerCertificates,
        List<X509Certificate> localCertificates,
        Optional<Principal> peerPrincipal,
        String sessionId,
        Instant sessionCreated,
        boolean peerAsked,
        Optional<Object> note,
        boolean resumed,
        Optional<String> group,
        Optional<Object> caller,
        boolean isClient,
        Optional<KeyExporter> exporter,
        String engineProvider) {

    /** What this side's context says about a peer, as objects that a transport only passes on. */
    public interface PeerReview {

        /** A review that knows nothing and admits everybody. */
        PeerReview NONE = new PeerReview() {};

        /**
         * Returns the verdict of the engine's trust manager.
         *
         * @param engine an engine whose handshake is done, and whose peer sent a certificate
         * @return the verdict on this handshake; empty if there is none
         */
        default Optional<?> note(SSLEngine engine) {
            return Optional.empty();
        }

        /**
         * Applies the rules of the engine's context to the peer. Called once, at the end of each handshake, also of one that resumed a
         * session.
         *
         * @param engine an engine whose handshake is done
         * @param peer the peer's certificates, its own first; empty if it sent none
         * @return the rule that admits the peer; empty if there are no rules
         * @throws CertificateException if there are rules, and none admits the peer; this ends the connection
         */
        default Optional<?> caller(SSLEngine engine, List<X509Certificate> peer) throws CertificateException {
            return Optional.empty();
        }
    }

    /** The name of the session value in which a trust manager stores its verdict. */
    public static final String NOTE = "io.sluice.peer-verdict";

    static TlsDetails of(EngineAdapter adapter, PeerReview review, Negotiation negotiation)
            throws CertificateException {
        SSLEngine engine = adapter.engine();
        SSLSession session = engine.getSession();
        boolean peerAsked = engine.getUseClientMode() || engine.getNeedClientAuth() || engine.getWantClientAuth();
        // If there is no certificate, JSSE throws an exception, which would slow the handshake down noticeably.
        List<X509Certificate> peers = peerAsked ? peerCertificates(session) : List.of();
        return new TlsDetails(
                session.getProtocol(),
                session.getCipherSuite(),
                applicationProtocol(engine),
                requestedServerName(session),
                peers,
                x509(session.getLocalCertificates()),
                peers.isEmpty() ? Optional.empty() : Optional.of(peers.get(0).getSubjectX500Principal()),
                hex(session.getId()),
                Instant.ofEpochMilli(session.getCreationTime()),
                peerAsked,
                peers.isEmpty() ? Optional.empty() : note(engine, session, review),
                negotiation.resumed(),
                negotiation.group(),
                review.caller(engine, peers).map(caller -> caller),
                engine.getUseClientMode(),
                KeyExporter.of(session),
                adapter.provider());
    }

    private static Optional<Object> note(SSLEngine engine, SSLSession session, PeerReview review) {
        return review.note(engine).<Object>map(note -> note).or(() -> Optional.ofNullable(session.getValue(NOTE)));
    }

    private static Optional<String> applicationProtocol(SSLEngine engine) {
        String name = engine.getApplicationProtocol();
        return name == null || name.isEmpty() ? Optional.empty() : Optional.of(name);
    }

    private static String hex(byte @Nullable [] id) {
        return id == null ? "" : HexFormat.of().formatHex(id);
    }

    private static Optional<String> requestedServerName(SSLSession session) {
        if (!(session instanceof ExtendedSSLSession extended)) {
            return Optional.empty();
        }
        try {
            for (SNIServerName name : extended.getRequestedServerNames()) {
                if (name instanceof SNIHostName host) {
                    return Optional.of(host.getAsciiName());
                }
            }
            return Optional.empty();
        } catch (UnsupportedOperationException e) {
            return Optional.empty();
        }
    }

    static List<X509Certificate> peerCertificates(SSLSession session) {
        try {
            return x509(session.getPeerCertificates());
        } catch (SSLPeerUnverifiedException e) {
            return List.of();
        }
    }

    static List<X509Certificate> x509(Certificate @Nullable [] chain) {
        if (chain == null) {
            return List.of();
        }
        List<X509Certificate> certificates = new ArrayList<>(chain.length);
        for (Certificate certificate : chain) {
            if (certificate instanceof X509Certificate x509) {
                certificates.add(x509);
            }
        }
        return List.copyOf(certificates);
    }
}
