package io.sluice.journal;

/** The steps on the way to a connection, in their order. Later releases may add steps, so a {@code switch} needs a default. */
public enum HandshakeStep {
    /** The connector looks the host up and connects. */
    CONNECTING,
    /** This side reads the PROXY header of the balancer. */
    PROXY_HEADER,
    /** The context creates the engine of the connection. */
    CONTEXT,
    /** This side waits for the peer's first bytes, and tests whether they are TLS. */
    FIRST_BYTES,
    /** This side reads the hello of the peer, and a server the name that the client requests. */
    HELLO,
    /** The two sides agree on the version, the cipher suite, the group and the application protocol. */
    NEGOTIATION,
    /** The client verifies the certificate of the server. */
    SERVER_CERTIFICATE,
    /** The server requests and verifies the certificate of the client. */
    CLIENT_CERTIFICATE,
    /** The rest of the handshake, up to the last message. */
    FINISHED,
    /** The deadline passed before the handshake was complete, at whichever step. */
    DEADLINE
}
