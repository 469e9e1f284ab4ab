package io.sluice.stream.transport;

import java.security.InvalidAlgorithmParameterException;
import java.security.ProviderException;
import javax.net.ssl.SSLException;

/** Says what an engine's refusal means. */
final class EngineFaults {
    private static final String NO_TRUST = "TLS failed: the context trusts nobody. Give it the certificates to trust (";

    private EngineFaults() {}

    static TransportException of(Stage stage, SSLException e) {
        return of(stage, e, PeerAlert.NONE);
    }

    /** A provider fails by a {@link ProviderException}, which the engine may have wrapped; anything else goes its way. */
    static TransportException ofProvider(RuntimeException e) {
        for (Throwable t = e; t != null; t = t.getCause()) {
            if (t instanceof ProviderException) {
                return new TransportException(Stage.HANDSHAKE, Fault.TLS, "TLS failed: " + t.getMessage(), e);
            }
            if (t
                    instanceof
                    InvalidAlgorithmParameterException) { // PKIX parameters without an anchor, the JDK's trust made
                // lazily.
                return new TransportException(Stage.HANDSHAKE, Fault.TLS, NO_TRUST + t.getMessage() + ")", e);
            }
        }
        throw e;
    }

    /** {@code plainAlert} is what the record in the engine's hands says in the clear, if it is an alert. */
    static TransportException of(Stage stage, SSLException e, int plainAlert) {
        int alert = plainAlert == PeerAlert.NONE ? PeerAlert.of(e) : plainAlert;
        if (alert == PeerAlert.NONE) {
            return new TransportException(stage, Fault.TLS, "TLS failed: " + e.getMessage(), e);
        }
        if (alert == PeerAlert.CLOSE_NOTIFY) {
            return new TransportException(stage, Fault.PEER_CLOSED, "the peer closed the connection", e);
        }
        return TransportException.peerAlert(
                stage, alert, "the peer refused with the TLS alert " + PeerAlert.name(alert), e);
    }
}
