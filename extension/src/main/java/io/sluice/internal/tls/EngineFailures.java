package io.sluice.internal.tls;

import io.sluice.internal.tls.TransportException.Reason;
import io.sluice.internal.tls.TransportException.Stage;
import java.security.InvalidAlgorithmParameterException;
import java.security.ProviderException;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Translates exceptions of engines. */
final class EngineFailures {
    static final String FAILED = "TLS failed: ";

    private EngineFailures() {}

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

    /** Netty's engine says nothing, and gives as the cause what a manager of keys or of trust has thrown. */
    private static @Nullable String words(SSLException e) {
        Throwable cause = e.getCause();
        return cause != null && cause.getMessage() != null && "General OpenSslEngine problem".equals(e.getMessage())
                ? cause.getMessage()
                : e.getMessage();
    }

    /** {@code plainAlert} is the code in the record that the engine was processing, if that is a plaintext alert. */
    static TransportException of(Stage stage, SSLException e, int plainAlert) {
        int alert = plainAlert == TlsAlert.NONE ? TlsAlert.of(e) : plainAlert;
        if (alert == TlsAlert.NONE) {
            return new TransportException(
                    stage, Reason.TLS, FAILED + ofProvider(e).orElseGet(() -> words(e)), e);
        }
        if (alert == TlsAlert.CLOSE_NOTIFY) {
            return new TransportException(stage, Reason.PEER_CLOSED, "the peer closed the connection", e);
        }
        return TransportException.peerAlert(stage, alert, "the peer sent the TLS alert " + TlsAlert.name(alert), e);
    }
}
