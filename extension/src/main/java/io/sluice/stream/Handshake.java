package io.sluice.stream;

/** When a stream's TLS handshake is done. */
public enum Handshake {
    /** While the stream is made, before its instance is: the default. */
    EAGER,
    /** At the first read or write, or when asked for. */
    LAZY
}
