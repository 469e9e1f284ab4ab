package io.sluice.internal.settings;

/** The server's policy for client certificates. */
public enum ClientAuth {
    /** The server requests none. */
    NONE,
    /** The server requests a certificate, and continues without one. */
    WANT,
    /** The server requires a certificate, and ends the handshake without one. */
    NEED
}
