package io.sluice.event;

import io.sluice.stream.TlsSession;
import java.time.Duration;

/** A TLS handshake is complete. Implemented by Sluice only, so later versions may add methods. */
public interface HandshakeCompleted extends HandshakeEvent {

    /**
     * Gives the duration of the handshake.
     *
     * @return the time since it began
     */
    Duration duration();

    /**
     * Gives what was negotiated, with the peer's certificates.
     *
     * @return the session
     */
    TlsSession session();
}
