package io.sluice.internal.opentelemetry;

import io.opentelemetry.api.trace.Span;
import io.sluice.internal.metrics.Attribute;
import io.sluice.internal.metrics.TlsVersions;
import io.sluice.stream.TlsSession;
import java.security.cert.X509Certificate;

/** The attributes of a handshake. What the peer says has a limit. */
final class TlsAttributes {

    private static final int LIMIT = 256;

    private TlsAttributes() {}

    static void set(Span span, TlsSession session, boolean client) {
        span.setAttribute("tls.established", true);
        span.setAttribute("tls.protocol.name", "tls");
        span.setAttribute(Attribute.VERSION.key(), TlsVersions.of(session.protocol()));
        span.setAttribute("tls.cipher", session.cipherSuite());
        span.setAttribute(Attribute.RESUMED.key(), session.resumed());
        session.group().ifPresent(group -> span.setAttribute("tls.curve", group));
        session.applicationProtocol().ifPresent(name -> set(span, "tls.next_protocol", name));
        session.requestedServerName().ifPresent(name -> set(span, "tls.client.server_name", name));
        session.peerCertificates().stream()
                .findFirst()
                .ifPresent(certificate -> setPeer(span, client ? "tls.server" : "tls.client", certificate));
    }

    static void setUnestablished(Span span) {
        span.setAttribute("tls.established", false);
    }

    private static void setPeer(Span span, String side, X509Certificate certificate) {
        set(span, side + ".subject", certificate.getSubjectX500Principal().getName());
        set(span, side + ".issuer", certificate.getIssuerX500Principal().getName());
        span.setAttribute(
                side + ".not_after", certificate.getNotAfter().toInstant().toString());
    }

    private static void set(Span span, String key, String text) {
        span.setAttribute(key, Failures.cut(text, LIMIT));
    }
}
