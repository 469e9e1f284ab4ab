package io.sluice.internal.transport;

/** Why a transport failed. New kinds may be added. */
public enum Fault {
    /** The socket cannot be used: unconnected, closed, half-shut, non-blocking or an SSLSocket. The message says which. */
    UNUSABLE_SOCKET,
    /** A deadline of ours passed; the stage tells which. */
    TIMEOUT,
    /** Closed by this side, possibly from another thread, or used after close. */
    CLOSED,
    /** The peer ended the connection where more was due: during the handshake, or before this side's write. */
    PEER_CLOSED,
    /** The TCP stream ended without a close_notify after the handshake: bytes may be missing (RFC 8446, 6.1). */
    TRUNCATED,
    /** The peer's first bytes are no TLS record. The message says what they look like. */
    NOT_TLS,
    /** The engine refused; the cause is its first exception. */
    TLS,
    /** The peer sent a fatal alert. */
    PEER_ALERT,
    /** The peer broke the rules in a way that costs memory or time: record too large, KeyUpdate flood, renegotiation. */
    PROTOCOL_ABUSE,
    /** The thread was interrupted, which ends the connection. */
    INTERRUPTED,
    /** The peer reset the connection. */
    RESET,
    /** Any other I/O error. */
    IO
}
