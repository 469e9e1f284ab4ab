package io.sluice.server;

import io.sluice.event.ConnectionRefused.Limit;
import io.sluice.internal.Internal;
import io.sluice.stream.ObservedConnection;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * Observes the connections of servers. Thread-safe.
 *
 * @hidden
 */
@Internal
@FunctionalInterface
public interface ServerObserver {

    /**
     * A connection failed.
     *
     * @param failure the failure; what this method throws is logged
     */
    void failed(ConnectionFailed failure);

    /**
     * A server has accepted a connection. It neither waits nor throws.
     *
     * @param server the name of the server
     * @param peer the peer's address
     * @return observes the rest of the connection; null if nobody listens
     */
    default @Nullable ObservedConnection accepted(String server, SocketAddress peer) {
        return null;
    }

    /**
     * A server has refused a connection. It neither waits nor throws.
     *
     * @param connection the connection
     * @param limit the reason
     */
    default void refused(ObservedConnection connection, Limit limit) {}
}
