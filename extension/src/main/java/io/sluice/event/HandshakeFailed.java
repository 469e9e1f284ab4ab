package io.sluice.event;

import io.sluice.stream.SocketStreamException;
import java.time.Duration;

/** A TLS handshake has failed, and its connection ends. Implemented by Sluice only, so later versions may add methods. */
public interface HandshakeFailed extends HandshakeEvent {

    /**
     * Gives the duration of the handshake.
     *
     * @return the time from its start to its failure
     */
    Duration duration();

    /**
     * Gives the reason.
     *
     * @return the condition: its kind is for decisions, and its message says what to do
     */
    SocketStreamException condition();
}
