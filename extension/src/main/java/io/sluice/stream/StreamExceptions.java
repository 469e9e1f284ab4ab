package io.sluice.stream;

import io.sluice.context.SslContextException;
import io.sluice.internal.transport.Stage;
import io.sluice.internal.transport.TransportException;
import io.sluice.stream.SocketStreamException.Kind;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/** Makes the condition of a failure: its kind, and a message that names context, peer and stage and says what to do. */
final class StreamExceptions {

    private static final int NAMED_ISSUERS = 3;

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
    static SocketStreamException ofMissingCertificate(
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
                Remedies.of(Kind.CLIENT_CERTIFICATE_MISSING) + ": " + named + more,
                failure);
    }

    /** The peer has refused a client that sent no certificate, whatever the alert. */
    static SocketStreamException ofUnsentCertificate(TransportException failure, ConnectionLabel label, String why) {
        return of(
                Kind.REJECTED_BY_PEER,
                label.toString(),
                stage(failure.stage()) + failure.getMessage(),
                "The peer requested a client certificate, and none was sent: " + why,
                failure);
    }

    static SocketStreamException ofReadDeadline(Duration limit, ConnectionLabel label, TransportException failure) {
        String what =
                "read: the reads were not done within the read deadline, which was set to " + limit.toMillis() + " ms";
        return of(Kind.READ_DEADLINE, label.toString(), what, failure);
    }

    static SocketStreamException of(Kind kind, String where, String what, IOException failure) {
        return of(kind, where, what, Remedies.of(kind), failure);
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
}
