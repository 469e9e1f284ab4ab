package io.sluice.internal.cdi.endpoint;

import io.sluice.context.AllowedCaller;
import io.sluice.context.callback.PeerVerdict;
import io.sluice.internal.security.CertifiedCaller;
import io.sluice.internal.security.ServerSecurity;
import io.sluice.internal.security.UnknownCallerException;
import io.sluice.internal.settings.CallerKind;
import io.sluice.server.ServerConnection;
import io.sluice.server.StreamFunction;
import io.sluice.stream.SocketStream;
import io.sluice.stream.SocketStreamException;
import io.sluice.stream.SocketStreamException.Kind;
import io.sluice.stream.TlsSession;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Serves each stream as the caller that the client's certificate names. A client without a certificate is no caller.
 * One whose names nobody vouches for is refused: with {@code trust-all}, or if a callback accepted what the trust manager did not.
 *
 * @param endpoint describes the endpoint in a message
 * @param security the server's security
 * @param function serves the streams
 * @param <S> the stream class
 */
record CertifiedCall<S extends SocketStream>(String endpoint, ServerSecurity security, StreamFunction<S> function)
        implements StreamFunction<S> {

    @Override
    public void serve(S stream, ServerConnection connection) throws Exception {
        Optional<TlsSession> certified =
                stream.tls().filter(session -> !session.peerCertificates().isEmpty());
        if (certified.isEmpty()) {
            function.serve(stream, connection);
            return;
        }
        try {
            security.runAs(caller(certified.get(), stream), () -> function.serve(stream, connection));
        } catch (UnknownCallerException e) {
            throw refused(stream, String.valueOf(e.getMessage()), "If this client may connect, add it there", e);
        }
    }

    private CertifiedCaller caller(TlsSession session, SocketStream stream) throws SocketStreamException {
        PeerVerdict verdict = session.verification();
        if (verdict.result() == PeerVerdict.Result.NOT_CHECKED) {
            throw refused(
                    stream,
                    "the context trusts every certificate (trust-all), so its names prove nothing",
                    "Configure the authorities to trust",
                    null);
        }
        if (verdict.result() == PeerVerdict.Result.ACCEPTED_BY_CALLBACK) {
            throw refused(
                    stream,
                    "no trusted authority vouches for the names in the certificate (" + verdict.reason() + ")",
                    "Add the authority to the context's trust, or set caller=none and decide in the handler",
                    null);
        }
        return new CertifiedCaller(
                session.caller().filter(CertifiedCall::isOneClient).map(AllowedCaller::name),
                session.peerCertificates());
    }

    /** A subject is passed on as a distinguished name, which the server can map. An organizational unit has many clients. */
    private static boolean isOneClient(AllowedCaller rule) {
        return !rule.property().endsWith("." + CallerKind.SUBJECT.key())
                && !rule.property().endsWith("." + CallerKind.OU.key());
    }

    private SocketStreamException refused(SocketStream stream, String why, String advice, @Nullable Exception cause) {
        return new SocketStreamException(
                Kind.CERTIFICATE_NOT_ALLOWED,
                endpoint + ", peer " + stream.remoteAddress() + ": " + why + ". " + advice,
                cause);
    }
}
