package io.sluice.journal;

/** The steps on the way to a connection, in their order. Later releases may add steps, so a {@code switch} needs a default. */
public enum HandshakeStep {
    /** The connector looks the host up and connects. */
    CONNECTING,
    /** The balancer's PROXY header is read. */
    PROXY_HEADER,
    /** The context makes the engine for the connection. */
    CONTEXT,
    /** The peer's first bytes are awaited, and whether they are TLS. */
    FIRST_BYTES,
    /** The hello is read, with the name that it requests. */
    HELLO,
    /** Version, cipher suite, group and application protocol are agreed on. */
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
