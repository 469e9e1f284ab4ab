package io.sluice.context;

/** The side of the handshake that an engine takes. */
public enum SslSide {
    /** The side that presents a certificate and waits for the peer's first message. The default. */
    SERVER,
    /** The side that starts the handshake and checks the host's name. */
    CLIENT,
    /**
     * Chosen by the engine configurer before the handshake, with {@link javax.net.ssl.SSLEngine#setUseClientMode}; the
     * server side if it does not choose.
     */
    BOTH
}
