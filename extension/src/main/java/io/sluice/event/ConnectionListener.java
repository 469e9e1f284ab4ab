package io.sluice.event;

/**
 * Receives the events of all connections of the application. Every bean of this type is a listener, whatever its qualifiers. Sluice looks
 * up listeners when the application starts. It calls each on a thread of its own, one call at a time and in the order of the events: see
 * {@link ConnectionEvent}. What a listener throws is logged. When the application ends, all receivers together have one second for the
 * events that are left.
 */
public interface ConnectionListener {

    /**
     * An endpoint or server has accepted a connection.
     *
     * @param event the event
     */
    default void accepted(ConnectionAccepted event) {}

    /**
     * An endpoint or server has refused a connection.
     *
     * @param event the event
     */
    default void refused(ConnectionRefused event) {}

    /**
     * A TLS handshake has begun.
     *
     * @param event the event
     */
    default void handshakeStarted(HandshakeStarted event) {}

    /**
     * A TLS handshake is complete.
     *
     * @param event the event
     */
    default void handshakeCompleted(HandshakeCompleted event) {}

    /**
     * A TLS handshake has failed.
     *
     * @param event the event
     */
    default void handshakeFailed(HandshakeFailed event) {}

    /**
     * A connection has ended.
     *
     * @param event the event
     */
    default void ended(ConnectionEnded event) {}
}
