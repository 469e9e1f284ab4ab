package io.sluice.event;

import java.util.Optional;

/**
 * An event of a TLS handshake. A connection may have several: one for each time that TLS is attached to it. Implemented by Sluice only, so
 * later versions may add methods.
 */
public interface HandshakeEvent extends ConnectionEvent {

    /**
     * Gives the named context.
     *
     * @return its name; empty if the stream's context has none
     */
    Optional<String> context();

    /**
     * Tells which side this is.
     *
     * @return true if this side is the client of the handshake
     */
    boolean isClient();
}
