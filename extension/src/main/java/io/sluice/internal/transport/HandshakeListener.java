package io.sluice.internal.transport;

/**
 * Learns when the handshake of a transport begins and completes, on the thread that does the handshake and before anything else is read or
 * written. It must neither wait nor throw. A failure reaches whoever asked for the handshake.
 */
public interface HandshakeListener {

    /** The handshake is about to begin, or to continue after a timeout. */
    void begun();

    /** The handshake is complete. */
    void completed();
}
