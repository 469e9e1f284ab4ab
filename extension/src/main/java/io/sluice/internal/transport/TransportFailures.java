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

/** Translates exceptions of engines and sockets. */
final class TransportFailures {
    private static final String FAILED = "TLS failed: ";

    private TransportFailures() {}

    static TransportException of(Stage stage, SSLException e) {
        return of(stage, e, TlsAlert.NONE);
    }

    /** For an engine's unchecked exception in a handshake: a provider's failure, or an unexpected message of the peer. */
    static TransportException ofProvider(RuntimeException e) {
        String words = ofProvider((Throwable) e).orElseGet(() -> "the engine failed with " + e);
        return new TransportException(Stage.HANDSHAKE, Reason.TLS, FAILED + words, e);
    }

    /** Returns the provider's own message, which JDK 25 hides in an "unhandled exception". */
    private static Optional<String> ofProvider(Throwable failure) {
        for (Throwable t = failure; t != null; t = t.getCause()) {
            if (t instanceof ProviderException) {
                return Optional.of(t.getMessage() == null ? t.getClass().getName() : t.getMessage());
            }
            if (t instanceof InvalidAlgorithmParameterException) { // PKIX parameters without an anchor.
                return Optional.of("the context has no trust anchors (" + t.getMessage()
                        + "). Configure the certificates to trust");
            }
        }
        return Optional.empty();
    }

    /** {@code plainAlert} is the code in the record that the engine was processing, if that is a plaintext alert. */
    static TransportException of(Stage stage, SSLException e, int plainAlert) {
        int alert = plainAlert == TlsAlert.NONE ? TlsAlert.of(e) : plainAlert;
        if (alert == TlsAlert.NONE) {
            return new TransportException(
                    stage, Reason.TLS, FAILED + ofProvider(e).orElse(e.getMessage()), e);
        }
        if (alert == TlsAlert.CLOSE_NOTIFY) {
            return new TransportException(stage, Reason.PEER_CLOSED, "the peer closed the connection", e);
        }
        return TransportException.peerAlert(stage, alert, "the peer sent the TLS alert " + TlsAlert.name(alert), e);
    }

    /** Interprets an I/O error, first by this side's state, because the JDK's exception types depend on the kind of socket. */
    static TransportException ofSocket(Stage stage, IOException e, RawSocket raw) {
        if (raw.watchdog().expired()) {
            return stage == Stage.READ
                    ? new TransportException(
                            stage, Reason.CLOSED, "the connection was ended because a write stalled", e)
                    : new TransportException(
                            stage, Reason.TIMEOUT, "the peer did not take the data before the deadline", e);
        }
        if (!raw.isOpen()) {
            return new TransportException(stage, Reason.CLOSED, "this side closed the connection", e);
        }
        if (e instanceof SocketTimeoutException) {
            return new TransportException(stage, Reason.TIMEOUT, "no data arrived within the read timeout", e);
        }
        if (e instanceof ClosedByInterruptException
                || Thread.currentThread().isInterrupted() && raw.socket().isClosed()) {
            return new TransportException(stage, Reason.INTERRUPTED, "the thread was interrupted", e);
        }
        if (raw.socket().isClosed()) {
            return new TransportException(stage, Reason.CLOSED, "this side closed the socket", e);
        }
        return byText(stage, e);
    }

    /** The JDK has no exception types for these cases. An unknown text, such as a translated one, is a general I/O error. */
    private static TransportException byText(Stage stage, IOException e) {
        String text = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        if (text.contains("Broken pipe")) {
            return new TransportException(stage, Reason.PEER_CLOSED, "the peer has closed the connection", e);
        }
        if (text.contains("reset")) {
            return new TransportException(stage, Reason.RESET, "the peer reset the connection", e);
        }
        return new TransportException(stage, Reason.IO, "I/O error on the socket: " + text, e);
    }
}
