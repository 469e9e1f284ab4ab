package io.sluice.stream;

import io.sluice.context.SslContextSpecifier;
import io.sluice.internal.context.ClientCertificates;
import io.sluice.internal.transport.Fault;
import io.sluice.internal.transport.TransportException;
import io.sluice.stream.SocketStreamException.Kind;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLEngine;

/** What each side says of a client certificate that the server requires and the client did not send. */
final class MissingCertificate {

    /**
     * How servers refuse a client without a certificate (RFC 5246, 7.4.6, and RFC 8446, 4.4.2.4, which not all of them follow): 40
     * handshake_failure, 41 no_certificate, 42 bad_certificate, 46 certificate_unknown, 49 access_denied, 116 certificate_required.
     */
    private static final Set<Integer> ALERTS = Set.of(40, 41, 42, 46, 49, 116);

    private MissingCertificate() {}

    /** The condition of a failure, if it is that of a missing certificate and more is known of it. */
    static Optional<SocketStreamException> condition(
            TransportException failure, ConnectionLabel label, SSLEngine engine, SslContextSpecifier context) {
        if (failure.fault() == Fault.PEER_ALERT) {
            return failure.alert().stream().anyMatch(ALERTS::contains)
                    ? ClientCertificates.whyNone(engine)
                            .map(why -> StreamExceptions.ofUnsentCertificate(failure, label, why))
                    : Optional.empty();
        }
        if (failure.fault() != Fault.TLS || FailureKind.of(failure) != Kind.CLIENT_CERTIFICATE_MISSING) {
            return Optional.empty();
        }
        List<String> issuers = ClientCertificates.issuersTakenBy(context);
        return issuers.isEmpty()
                ? Optional.empty()
                : Optional.of(StreamExceptions.ofMissingCertificate(failure, label, issuers));
    }
}
