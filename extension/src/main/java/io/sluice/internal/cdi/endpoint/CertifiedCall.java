package io.sluice.internal.cdi.endpoint;

import io.sluice.context.AllowedCaller;
import io.sluice.context.callback.PeerVerdict;
import io.sluice.internal.security.CertifiedCaller;
import io.sluice.internal.security.ServerSecurity;
import io.sluice.internal.security.UnknownCallerException;
import io.sluice.internal.settings.CallerKind;
import io.sluice.server.MessageHandler.Replies;
import io.sluice.server.ServerConnection;
import io.sluice.server.StreamFunction;
import io.sluice.stream.SocketStream;
import io.sluice.stream.SocketStreamException;
import io.sluice.stream.SocketStreamException.Kind;
import io.sluice.stream.TlsSession;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Serves each stream, or each message, as the caller that the client's certificate names. A client without a certificate is no caller.
 * One whose names nobody vouches for is refused: with {@code trust-all}, or if a callback accepted what the trust manager did not.
 *
 * @param endpoint describes the endpoint in a message
 * @param security the server's security
 */
record CertifiedCall(String endpoint, ServerSecurity security) {

    <S extends SocketStream> StreamFunction<S> around(StreamFunction<S> function) {
        return (stream, connection) -> run(stream, () -> function.serve(stream, connection));
    }

    <S extends SocketStream, M> MessageFunctions<S, M> around(MessageFunctions<S, M> functions) {
        return new MessageFunctions<>() {
            @Override
            public @Nullable CompletionStage<?> handle(
                    S stream, ServerConnection connection, M message, Replies replies) throws Exception {
                AtomicReference<@Nullable CompletionStage<?>> later = new AtomicReference<>();
                run(stream, () -> later.set(functions.handle(stream, connection, message, replies)));
                return later.get();
            }

            @Override
            public void complete(@Nullable Object result, Replies replies) throws SocketStreamException {
                functions.complete(result, replies);
            }
        };
    }

    private interface Task {
        void run() throws Exception;
    }

    private void run(SocketStream stream, Task task) throws Exception {
        Optional<TlsSession> certified =
                stream.tls().filter(session -> !session.peerCertificates().isEmpty());
        if (certified.isEmpty()) {
            task.run();
            return;
        }
        try {
            security.runAs(caller(certified.get(), stream), task::run);
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
