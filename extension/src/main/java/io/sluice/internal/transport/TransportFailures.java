package io.sluice.internal.transport;

import io.sluice.internal.transport.TransportException.Reason;
import io.sluice.internal.transport.TransportException.Stage;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.channels.ClosedByInterruptException;
import java.security.InvalidAlgorithmParameterException;
import java.security.ProviderException;
import java.util.Optional;
import javax.net.ssl.SSLException;

/** Translates failures of engines and sockets. */
final class TransportFailures {
    private static final String FAILED = "TLS failed: ";

    private TransportFailures() {}

    static TransportException of(Stage stage, SSLException e) {
        return of(stage, e, TlsAlert.NONE);
    }

    /** What an engine throws unchecked in a handshake: a provider's failure, or a peer's message that it did not expect. */
    static TransportException ofProvider(RuntimeException e) {
        String words = ofProvider((Throwable) e).orElseGet(() -> "the engine failed with " + e);
        return new TransportException(Stage.HANDSHAKE, Reason.TLS, FAILED + words, e);
    }

    /** What a provider has to say: JDK 25 calls it an unhandled exception. */
    private static Optional<String> ofProvider(Throwable failure) {
        for (Throwable t = failure; t != null; t = t.getCause()) {
            if (t instanceof ProviderException) {
                return Optional.of(t.getMessage() == null ? t.getClass().getName() : t.getMessage());
            }
            if (t instanceof InvalidAlgorithmParameterException) { // PKIX parameters without an anchor.
                return Optional.of(
                        "the context trusts nobody. Give it the certificates to trust (" + t.getMessage() + ")");
            }
        }
        return Optional.empty();
    }

    /** {@code plainAlert} is what the record in the engine's hands says in the clear, if it is an alert. */
    static TransportException of(Stage stage, SSLException e, int plainAlert) {
        int alert = plainAlert == TlsAlert.NONE ? TlsAlert.of(e) : plainAlert;
        if (alert == TlsAlert.NONE) {
            return new TransportException(
                    stage, Reason.TLS, FAILED + ofProvider(e).orElse(e.getMessage()), e);
        }
        if (alert == TlsAlert.CLOSE_NOTIFY) {
            return new TransportException(stage, Reason.PEER_CLOSED, "the peer closed the connection", e);
        }
        return TransportException.peerAlert(
                stage, alert, "the peer refused with the TLS alert " + TlsAlert.name(alert), e);
    }

    /** The meaning of an I/O error on the socket: by this side's state first, because the JDK's classes vary with the kind of socket. */
    static TransportException ofSocket(Stage stage, IOException e, RawSocket raw) {
        if (raw.watchdog().expired()) {
            return stage == Stage.READ
                    ? new TransportException(
                            stage, Reason.CLOSED, "the connection was ended because a write stalled", e)
                    : new TransportException(stage, Reason.TIMEOUT, "the peer took no bytes until the deadline", e);
        }
        if (!raw.isOpen()) {
            return new TransportException(stage, Reason.CLOSED, "the connection was closed by this side", e);
        }
        if (e instanceof SocketTimeoutException) {
            return new TransportException(stage, Reason.TIMEOUT, "no bytes came until the deadline", e);
        }
        if (e instanceof ClosedByInterruptException
                || Thread.currentThread().isInterrupted() && raw.socket().isClosed()) {
            return new TransportException(stage, Reason.INTERRUPTED, "the thread was interrupted", e);
        }
        if (raw.socket().isClosed()) {
            return new TransportException(stage, Reason.CLOSED, "the socket was closed by this side", e);
        }
        return byText(stage, e);
    }

    /** The JDK has no type for these; an unknown text, or one in another language, is a plain I/O error. */
    private static TransportException byText(Stage stage, IOException e) {
        String text = String.valueOf(e.getMessage());
        if (text.contains("Broken pipe")) {
            return new TransportException(stage, Reason.PEER_CLOSED, "the peer has closed the connection", e);
        }
        if (text.contains("reset")) {
            return new TransportException(stage, Reason.RESET, "the peer reset the connection", e);
        }
        return new TransportException(stage, Reason.IO, "I/O error on the socket: " + text, e);
    }
}
