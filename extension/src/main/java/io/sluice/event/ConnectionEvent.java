package io.sluice.event;

import java.net.SocketAddress;
import java.time.Instant;
import java.util.Optional;

/**
 * An event in the life of a connection: of an endpoint, of a server that was started from code, or of a stream that a creator or connector
 * made. The events of one connection have the same number, and come in their order.
 *
 * <p>Sluice delivers them to {@linkplain ConnectionListener listeners} and to CDI observers on threads of their own, shortly after they
 * happened, so a slow or failing receiver delays no connection. Observers with {@code @Observes} are called in a request of their own. Those
 * with {@code @ObservesAsync} are called by the container, in any order. No event is created unless somebody listens. If a receiver falls
 * behind by more than 8,192 events, it misses some, and a warning says how many. Observers of a more general type than this one, such as
 * {@code Object}, get these events only if an observer of this type or a subtype asks for them.
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
