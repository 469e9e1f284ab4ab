package io.sluice.internal.transport;

/** What a transport was doing when it failed. */
public enum Stage {
    /** Taking the socket over, before any byte was read or written. */
    OPEN,
    /** Connecting to the peer. */
    CONNECT,
    /** Reading what a balancer says before the peer's first byte. */
    PREAMBLE,
    /** The TLS handshake. */
    HANDSHAKE,
    /** Reading from the peer. */
    READ,
    /** Writing to the peer. */
    WRITE,
    /** Closing the connection. */
    CLOSE
}
