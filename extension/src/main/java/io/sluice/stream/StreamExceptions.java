package io.sluice.stream;

import io.sluice.context.SslContextException;
import io.sluice.context.SslContextSpecifier;
import io.sluice.internal.context.ClientCertificates;
import io.sluice.internal.transport.TransportException;
import io.sluice.internal.transport.TransportException.Reason;
import io.sluice.internal.transport.TransportException.Stage;
import io.sluice.stream.SocketStreamException.Kind;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javax.net.ssl.SSLEngine;

/** Makes the condition of a failure: its kind, and a message that names context, peer and stage and says what to do. */
final class StreamExceptions {

    private static final int NAMED_ISSUERS = 3;

    /**
     * How servers refuse a client without a certificate (RFC 5246, 7.4.6, and RFC 8446, 4.4.2.4, which not all of them follow): 40
     * handshake_failure, 41 no_certificate, 42 bad_certificate, 46 certificate_unknown, 49 access_denied, 116 certificate_required.
     */
    private static final Set<Integer> ALERTS = Set.of(40, 41, 42, 46, 49, 116);

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
        return of(kind, where, stage(failure.stage()) + failure.getMessage() + offers, failure);
    }

    /** The context cannot be loaded or cannot serve this side; the cause's message names it and says what to do. */
    static SocketStreamException of(SslContextException failure, ConnectionLabel label) {
        return new SocketStreamException(
                Kind.CONTEXT_UNUSABLE, failure.getMessage() + " (peer " + label.peerText() + ")", failure);
    }

    /** A context of the application's that has no key, which only the handshake showed. */
    static SocketStreamException ofKeyless(SocketStreamException failure, ConnectionLabel label) {
        Throwable cause = failure.getCause() == null ? failure : failure.getCause();
        return new SocketStreamException(
                Kind.CONTEXT_UNUSABLE,
                label + ": handshake: the context has no key, so it cannot be the server side (" + cause.getMessage()
                        + "). Initialise it with a key manager that has one",
                failure);
    }

    /** A client that sent no certificate, to a server that requires one of these issuers. */
    private static SocketStreamException missingCertificate(
            TransportException failure, ConnectionLabel label, List<String> issuers) {
        String named = issuers.stream()
                .limit(NAMED_ISSUERS)
                .map(name -> "'" + name + "'")
                .collect(Collectors.joining(", "));
        String more = issuers.size() > NAMED_ISSUERS ? " and " + (issuers.size() - NAMED_ISSUERS) + " more" : "";
        return of(
                Kind.CLIENT_CERTIFICATE_MISSING,
                label.toString(),
                stage(failure.stage()) + failure.getMessage(),
                remedy(Kind.CLIENT_CERTIFICATE_MISSING) + ": " + named + more,
                failure);
    }

    /** The peer has refused a client that sent no certificate, whatever the alert. */
    private static SocketStreamException unsentCertificate(
            TransportException failure, ConnectionLabel label, String why) {
        return of(
                Kind.REJECTED_BY_PEER,
                label.toString(),
                stage(failure.stage()) + failure.getMessage(),
                "The peer requested a client certificate, and none was sent: " + why,
                failure);
    }

    /** The condition of a client certificate that the server requires and the client did not send, if more is known about it. */
    static Optional<SocketStreamException> ofMissingCertificate(
            TransportException failure, ConnectionLabel label, SSLEngine engine, SslContextSpecifier context) {
        if (failure.reason() == Reason.PEER_ALERT) {
            return failure.alert().stream().anyMatch(ALERTS::contains)
                    ? ClientCertificates.whyNone(engine).map(why -> unsentCertificate(failure, label, why))
                    : Optional.empty();
        }
        if (failure.reason() != Reason.TLS || FailureKind.of(failure) != Kind.CLIENT_CERTIFICATE_MISSING) {
            return Optional.empty();
        }
        List<String> issuers = ClientCertificates.issuersTakenBy(context);
        return issuers.isEmpty() ? Optional.empty() : Optional.of(missingCertificate(failure, label, issuers));
    }

    static SocketStreamException ofReadDeadline(Duration limit, ConnectionLabel label, TransportException failure) {
        String what =
                "read: the reads were not done within the read deadline, which was set to " + limit.toMillis() + " ms";
        return of(Kind.READ_DEADLINE, label.toString(), what, failure);
    }

    static SocketStreamException of(Kind kind, String where, String what, IOException failure) {
        return of(kind, where, what, remedy(kind), failure);
    }

    static SocketStreamException of(Kind kind, String where, String what, String advice, IOException failure) {
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

    /** What to do about a kind of condition. */
    static String remedy(Kind kind) {
        return switch (kind) {
            case CLOSED -> "Do not use a stream after closing it";
            case PEER_CLOSED -> "See the peer's log for why it ended the connection";
            case TRUNCATED ->
                "Do not trust what was read to be whole, unless the application's protocol says where it ends";
            case CONNECT_TIMEOUT -> "Check the address and the way there, or give a longer connectTimeout";
            case CONNECT_FAILED -> "Check that the service listens there";
            case HANDSHAKE_TIMEOUT ->
                "Check that the peer speaks TLS and is not overloaded, or give a longer handshake-timeout";
            case READ_TIMEOUT -> "Read again, or close the stream";
            case READ_DEADLINE -> "Close the stream, or set a later readDeadline and read again";
            case LINE_TOO_LONG -> "Close the stream, or read on with a larger limit";
            case WRITE_TIMEOUT -> "The peer does not read; the connection was ended";
            case CLOSE_TIMEOUT -> "See whether the peer ends TLS at the same point, or give a longer close-timeout";
            case PROXY_HEADER_INVALID ->
                "Let the balancer send the header (haproxy: send-proxy or send-proxy-v2) and compare proxy-protocol, or take"
                        + " proxy-protocol off this port";
            case PROXY_NOT_TRUSTED ->
                "Add the address to those trusted if it is a balancer's; everybody else must come through one";
            case NOT_TLS -> "Let the peer use TLS on this port, or make a plain stream of it with the context 'none'";
            case VERSION_OR_CIPHER_MISMATCH ->
                "Compare protocols and cipher-suites of both sides, and see whether the server has a key that fits, or wants"
                        + " a client certificate";
            case ALPN_MISMATCH -> "Configure alpn on both sides with a protocol in common, or omit it on one side";
            case CERTIFICATE_EXPIRED -> "The peer needs a new certificate";
            case CERTIFICATE_NOT_YET_VALID -> "Check the clocks of both sides and the certificate's dates";
            case CERTIFICATE_UNKNOWN_ISSUER -> "Add the peer's CA to the context's trust-store, if it is to be trusted";
            case CERTIFICATE_WRONG_HOST -> "Connect by a name that the certificate has, or name it with serverName";
            case CERTIFICATE_REVOKED -> "The peer needs a new certificate";
            case CERTIFICATE_WRONG_USAGE -> "The peer needs a certificate whose extended key usage fits its side";
            case CERTIFICATE_INVALID -> "See the cause for what its verification found";
            case CLIENT_CERTIFICATE_MISSING -> "Give the client a certificate of an issuer that this side trusts";
            case REJECTED_BY_PEER -> "See the peer's log for why it sent the alert";
            case PROTOCOL_VIOLATION -> "The peer is broken or hostile; the connection was ended";
            case SOCKET_UNUSABLE -> "Give a connected socket in blocking mode with neither side shut";
            case TLS, CONTEXT_UNUSABLE, INTERRUPTED, APPLICATION, IO -> "";
        };
    }
}
