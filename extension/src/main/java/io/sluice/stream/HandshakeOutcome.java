package io.sluice.stream;

/** The progress of a handshake within a time limit: see {@link SocketStream#handshake(java.time.Duration)}. */
public enum HandshakeOutcome {
    /** The handshake is complete, or not needed because the stream is plaintext. */
    DONE,
    /** The handshake is not complete yet. Nothing is lost: the next call, read or write continues it. */
    TIMED_OUT,
    /** The peer closed the connection before the handshake was complete. The stream has ended. */
    CLOSED
}
