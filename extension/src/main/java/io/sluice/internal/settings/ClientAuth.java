package io.sluice.internal.settings;

/** Whether the server side asks for the client's certificate. */
public enum ClientAuth {
    /** Does not ask. */
    NONE,
    /** Asks, and goes on without one. */
    WANT,
    /** Asks, and ends the handshake without one. */
    NEED
}
