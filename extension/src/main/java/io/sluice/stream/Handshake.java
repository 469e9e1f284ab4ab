package io.sluice.stream;

/** The time of a stream's TLS handshake. */
public enum Handshake {
    /** During the creation of the stream, before the instance is created. This is the default. */
    EAGER,
    /** At the first read or write, or at a call of {@link SocketStream#handshake()}. */
    LAZY
}
