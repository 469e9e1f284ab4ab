package io.sluice.internal.trace;

import io.sluice.event.HandshakeCompleted;
import io.sluice.event.HandshakeFailed;

/** Hears of the end of a handshake. If neither method is called, the peer only checked the port. */
public interface HandshakeTrace {

    /**
     * The handshake is complete.
     *
     * @param event the facts
     */
    void completed(HandshakeCompleted event);

    /**
     * The handshake has failed.
     *
     * @param event the facts
     */
    void failed(HandshakeFailed event);
}
