package io.sluice.stream;

/** How far a handshake came within a time: see {@link SocketStream#handshake(java.time.Duration)}. */
public enum HandshakeOutcome {
    /** It is complete, or there is none to do on a plain stream. */
    DONE,
    /** It is not complete yet. Nothing is lost: it goes on with the next call, read or write. */
    TIMED_OUT,
    /** The peer closed the connection before it was complete. The stream has ended. */
    CLOSED
}
