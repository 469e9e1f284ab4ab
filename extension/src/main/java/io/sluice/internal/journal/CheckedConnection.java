package io.sluice.internal.journal;

import io.sluice.context.SslSide;
import io.sluice.internal.tls.hello.PeerHello;
import io.sluice.stream.TlsSession;
import java.nio.ByteBuffer;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A complete handshake that policies check.
 *
 * @param side this side
 * @param peer the peer
 * @param session what was negotiated
 * @param hello the client's first message; null if it was not kept
 * @param time when it was complete
 */
record CheckedConnection(
        SslSide side,
        RemotePeer peer,
        TlsSession session,
        @Nullable ByteBuffer hello,
        Instant time) {

    boolean isServer() {
        return side == SslSide.SERVER;
    }

    /** What the client offers, whatever was negotiated. */
    Optional<PeerHello> offer() {
        return hello == null || !hello.hasRemaining() ? Optional.empty() : PeerHello.of(hello.duplicate());
    }

    /** The name in a list of peers. */
    String name(boolean mask) {
        return mask || session.peerCertificates().isEmpty()
                ? peer.network()
                : name(session.peerCertificates().get(0)).orElse(peer.network());
    }

    /** A certificate may have alternative names only (RFC 5280, 4.2.1.6). */
    private static Optional<String> name(X509Certificate certificate) {
        String subject = certificate.getSubjectX500Principal().getName();
        return subject.isEmpty() ? alternative(certificate) : Optional.of(subject);
    }

    private static Optional<String> alternative(X509Certificate certificate) {
        try {
            Collection<List<?>> names = certificate.getSubjectAlternativeNames();
            return names == null
                    ? Optional.empty()
                    : names.stream()
                            .map(name -> name.get(1))
                            .filter(String.class::isInstance)
                            .map(String.class::cast)
                            .filter(name -> !name.isBlank())
                            .findFirst();
        } catch (CertificateParsingException e) {
            return Optional.empty();
        }
    }
}
