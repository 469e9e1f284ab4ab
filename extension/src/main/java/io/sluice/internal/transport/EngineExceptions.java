package io.sluice.internal.transport;

import java.security.InvalidAlgorithmParameterException;
import java.security.ProviderException;
import java.util.Optional;
import javax.net.ssl.SSLException;

/** Says what an engine's refusal means. */
final class EngineExceptions {
    private static final String FAILED = "TLS failed: ";

    private EngineExceptions() {}

    static TransportException of(Stage stage, SSLException e) {
        return of(stage, e, PeerAlert.NONE);
    }

    /** What an engine throws unchecked in a handshake: a provider's failure, or a peer's message that it did not expect. */
    static TransportException ofProvider(RuntimeException e) {
        String words = ofProvider((Throwable) e).orElseGet(() -> "the engine failed with " + e);
        return new TransportException(Stage.HANDSHAKE, Fault.TLS, FAILED + words, e);
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
        int alert = plainAlert == PeerAlert.NONE ? PeerAlert.of(e) : plainAlert;
        if (alert == PeerAlert.NONE) {
            return new TransportException(
                    stage, Fault.TLS, FAILED + ofProvider(e).orElse(e.getMessage()), e);
        }
        if (alert == PeerAlert.CLOSE_NOTIFY) {
            return new TransportException(stage, Fault.PEER_CLOSED, "the peer closed the connection", e);
        }
        return TransportException.peerAlert(
                stage, alert, "the peer refused with the TLS alert " + PeerAlert.name(alert), e);
    }
}
