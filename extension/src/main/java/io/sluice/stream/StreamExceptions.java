package io.sluice.stream;

import io.sluice.context.SslContextException;
import io.sluice.context.SslContextSpecifier;
import io.sluice.internal.context.ClientCertificates;
import io.sluice.internal.context.handshake.RefusedNames;
import io.sluice.internal.tls.TransportException;
import io.sluice.internal.tls.TransportException.Reason;
import io.sluice.internal.tls.TransportException.Stage;
import io.sluice.stream.SocketStreamException.Kind;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javax.net.ssl.SSLEngine;
import org.jspecify.annotations.Nullable;

/** Creates the exception for a failure: its kind, and a message that names the context, the peer, the stage and the remedy. */
final class StreamExceptions {

    private static final int NAMED_ISSUERS = 3;

    /**
     * The alerts with which servers reject a client without a certificate (RFC 5246, 7.4.6, and RFC 8446, 4.4.2.4, which not all servers
     * follow): 40 handshake_failure, 41 no_certificate, 42 bad_certificate, 46 certificate_unknown, 49 access_denied, 116
     * certificate_required.
     */
    private static final Set<Integer> NO_CERTIFICATE_ALERTS = Set.of(40, 41, 42, 46, 49, 116);

    private StreamExceptions() {}

    static SocketStreamException of(TransportException failure, ConnectionLabel label) {
        return of(failure, label.toString());
    }

    static SocketStreamException of(TransportException failure, String where) {
        Kind kind = FailureKind.of(failure);
        String offers = failure.offers()
                .map(both -> switch (kind) {
                    case VERSION_OR_CIPHER_MISMATCH -> both.toString();
                    case ALPN_MISMATCH -> both.applicationProtocols();
                    default -> "";
                })
                .filter(known -> !known.isEmpty())
                .map("; "::concat)
                .orElse("");
        String advice = failure.stage() == Stage.PREAMBLE && kind == Kind.HANDSHAKE_TIMEOUT
                ? "Check that the balancer sends a PROXY header to this port. If it is slow, set a longer handshake-timeout"
                : ConditionAdvice.of(kind);
        return of(kind, where, stage(failure.stage()) + failure.getMessage() + offers, advice, failure);
    }

    /** For a context that cannot be loaded or cannot serve this side. The cause's message names the context and the remedy. */
    static SocketStreamException of(SslContextException failure, ConnectionLabel label) {
        return new SocketStreamException(
                Kind.CONTEXT_UNUSABLE, failure.getMessage() + " (peer " + label.peerText() + ")", failure);
    }

    /** For an application's context without a key, which only the handshake reveals. */
    static SocketStreamException ofKeyless(SocketStreamException failure, ConnectionLabel label) {
        Throwable cause = failure.getCause() == null ? failure : failure.getCause();
        return new SocketStreamException(
                Kind.CONTEXT_UNUSABLE,
                label + ": handshake: the context has no key, so it cannot be the server side (" + cause.getMessage()
                        + "). Initialize it with a key manager that has a key",
                failure);
    }

    /** For a client that sent no certificate to a server that requires one of these issuers. */
    private static SocketStreamException missingCertificate(
            TransportException failure, ConnectionLabel label, List<String> issuers) {
        String named = issuers.stream()
                .limit(NAMED_ISSUERS)
                .map(name -> "'" + name + "'")
                .collect(Collectors.joining(", "));
        String more = issuers.size() > NAMED_ISSUERS ? " and " + (issuers.size() - NAMED_ISSUERS) + " more" : "";
        return of(
                Kind.CLIENT_CERTIFICATE_MISSING,
                label,
                ConditionAdvice.of(Kind.CLIENT_CERTIFICATE_MISSING) + ": " + named + more,
                failure);
    }

    /** For a peer that rejected a client without a certificate, whatever the alert. */
    private static SocketStreamException unsentCertificate(
            TransportException failure, ConnectionLabel label, String why) {
        return of(
                Kind.REJECTED_BY_PEER,
                label,
                "The peer requested a client certificate, but none was sent: " + why,
                failure);
    }

    private static SocketStreamException of(
            Kind kind, ConnectionLabel label, String advice, TransportException failure) {
        return of(kind, label.toString(), stage(failure.stage()) + failure.getMessage(), advice, failure);
    }

    /** For a required client certificate that was not sent; empty if nothing more is known about the failure. */
    static Optional<SocketStreamException> ofMissingCertificate(
            TransportException failure, ConnectionLabel label, SSLEngine engine, SslContextSpecifier context) {
        if (failure.reason() == Reason.PEER_ALERT) {
            return failure.alert().stream().anyMatch(NO_CERTIFICATE_ALERTS::contains)
                    ? ClientCertificates.whyNone(engine).map(why -> unsentCertificate(failure, label, why))
                    : Optional.empty();
        }
        if (failure.reason() != Reason.TLS || FailureKind.of(failure) != Kind.CLIENT_CERTIFICATE_MISSING) {
            return Optional.empty();
        }
        List<String> issuers = ClientCertificates.issuersTakenBy(context);
        return issuers.isEmpty() ? Optional.empty() : Optional.of(missingCertificate(failure, label, issuers));
    }

    /** For a name that the context itself refused; empty if the failure has another reason. */
    static Optional<SocketStreamException> ofRefusedName(
            TransportException failure, ConnectionLabel label, SSLEngine engine) {
        return failure.stage() != Stage.HANDSHAKE || failure.reason() != Reason.TLS
                ? Optional.empty()
                : RefusedNames.why(engine)
                        .map(why -> of(
                                Kind.SERVER_NAME_REFUSED,
                                label.toString(),
                                stage(failure.stage()) + why,
                                ConditionAdvice.of(Kind.SERVER_NAME_REFUSED),
                                failure));
    }

    static SocketStreamException ofReadDeadline(Duration limit, ConnectionLabel label, TransportException failure) {
        String what = "read: no data arrived before the read deadline, which was set to " + limit.toMillis() + " ms";
        return of(Kind.READ_DEADLINE, label.toString(), what, failure);
    }

    static SocketStreamException of(Kind kind, String where, String what, IOException failure) {
        return of(kind, where, what, ConditionAdvice.of(kind), failure);
    }

    static SocketStreamException of(Kind kind, String where, String what, String advice, @Nullable Throwable failure) {
        return new SocketStreamException(kind, where + ": " + what + (advice.isEmpty() ? "" : ". " + advice), failure);
    }

    private static String stage(Stage stage) {
        return switch (stage) {
            case OPEN, CONNECT -> "";
            case PREAMBLE -> "PROXY header: ";
            case HANDSHAKE -> "handshake: ";
            case READ -> "read: ";
            case WRITE -> "write: ";
            case CLOSE -> "close: ";
        };
    }
}
