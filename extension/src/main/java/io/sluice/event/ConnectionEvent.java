package io.sluice.event;

import java.net.SocketAddress;
import java.time.Instant;
import java.util.Optional;

/**
 * An event in the life of a connection: of an endpoint, of a server that was started from code, or of a stream that a creator or connector
 * made. The events of one connection have the same number, and come in the order in which they happened.
 *
 * <p>Sluice delivers them to {@linkplain ConnectionListener listeners} and to CDI observers shortly after they happened. It does so on
 * separate threads, so a slow or failing receiver delays no connection. Observers with {@code @Observes} are called with an active request
 * scope. Observers with {@code @ObservesAsync} are called by the container, in any order. No event is created unless the application has a
 * listener or observer. If 8,192 events wait for a receiver, further events are lost, and a warning reports how many. Observers of a more
 * general type than this one, such as {@code Object}, receive these events only if the application also observes this type or a subtype.
 *
 * <p>Immutable. Implemented by Sluice only, so later versions may add methods.
 */
public interface ConnectionEvent {

    /**
     * Gives the number of the connection.
     *
     * @return a number that no other connection of the application has, from 1
     */
    long connection();

    /**
     * Gives the endpoint that accepted the connection.
     *
     * @return the name of the endpoint or server; empty if the application made the stream with a creator or connector
     */
    Optional<String> endpoint();

    /**
     * Gives the address of the peer.
     *
     * @return the address; behind a balancer, that of the client as soon as the PROXY header has been read
     */
    SocketAddress peer();

    /**
     * Gives the time of the event.
     *
     * @return when it happened
     */
    Instant time();
}
