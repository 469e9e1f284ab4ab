package io.sluice.internal.tls;

import io.sluice.internal.engine.EngineAdapter;
import io.sluice.internal.jsse.KeyExchange;
import io.sluice.internal.tls.hello.PeerHello;
import java.nio.ByteBuffer;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * What is known about a handshake at the moment when it fails, without its keys and secrets. Nothing of it is parsed yet.
 *
 * @param isClient whether this side is the client
 * @param host the host that a client has connected to, and whose name it verifies; empty for a server, and if it is not known
 * @param clientHello the client's first message with its header; empty if it was not seen
 * @param server what the server selects, or what this server's engine has enabled; empty if nothing is known
 * @param peerCertificates the peer's chain, leaf first; empty if it sent none, or it is not known
 * @param localCertificates this side's chain; empty if none was sent, or it is not known
 * @param issuers the authorities that the server names when it requests a certificate; empty if they are not known
 * @param asksClient whether this server asks the client for a certificate
 * @param lacksCertificate whether this client had no certificate for a server that asked
 * @param heard whether the peer has sent anything
 */
public record HandshakeEvidence(
        boolean isClient,
        Optional<String> host,
        ByteBuffer clientHello,
        Optional<PeerHello> server,
        List<X509Certificate> peerCertificates,
        List<X509Certificate> localCertificates,
        List<String> issuers,
        boolean asksClient,
        boolean lacksCertificate,
        boolean heard) {

    /** The form of the first message, not a version. */
    private static final String NO_VERSION = "SSLv2Hello";

    static HandshakeEvidence of(EngineAdapter adapter, @Nullable ByteBuffer clientHello, ReceivedRecords received) {
        SSLEngine engine = adapter.engine();
        boolean isClient = engine.getUseClientMode();
        SSLSession session = session(engine);
        return new HandshakeEvidence(
                isClient,
                isClient ? Optional.ofNullable(engine.getPeerHost()) : Optional.empty(),
                clientHello == null ? ByteBuffer.allocate(0) : clientHello,
                isClient ? NegotiationMismatch.hello(received.allBytes()) : enabled(adapter),
                session == null ? List.of() : TlsDetails.peerCertificates(session),
                session == null ? List.of() : TlsDetails.x509(session.getLocalCertificates()),
                List.of(),
                !isClient && (engine.getNeedClientAuth() || engine.getWantClientAuth()),
                false,
                received.hasHeard());
    }

    /** The same with more that is known outside the engine. */
    public HandshakeEvidence with(List<X509Certificate> refused, List<String> requestedIssuers, boolean noCertificate) {
        return new HandshakeEvidence(
                isClient,
                host,
                clientHello,
                server,
                refused.isEmpty() ? peerCertificates : refused,
                localCertificates,
                requestedIssuers,
                asksClient,
                noCertificate,
                heard);
    }

    /** A failed engine may not tell any more. */
    private static Optional<PeerHello> enabled(EngineAdapter adapter) {
        try {
            SSLEngine engine = adapter.engine();
            return Optional.of(new PeerHello(
                    Stream.of(engine.getEnabledProtocols())
                            .filter(version -> !version.equals(NO_VERSION))
                            .toList(),
                    adapter.cipherSuites(),
                    adapter.applicationProtocols(),
                    NegotiationMismatch.ownGroups(adapter),
                    KeyExchange.of(engine).signatureSchemes()));
        } catch (RuntimeException e) {
            return Optional.empty();
        }
    }

    /** Not every provider has a session before the handshake is complete, and a failed engine may have none any more. */
    private static @Nullable SSLSession session(SSLEngine engine) {
        try {
            SSLSession session = engine.getHandshakeSession();
            return session == null ? engine.getSession() : session;
        } catch (RuntimeException e) {
            return null;
        }
    }
}
