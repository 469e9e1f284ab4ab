package io.sluice.stream;

import io.sluice.context.SslSide;
import io.sluice.internal.Internal;
import java.net.InetSocketAddress;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Observes the connections over which creators and connectors create streams, except those that a server has accepted. Thread-safe.
 *
 * @hidden
 */
@Internal
@FunctionalInterface
public interface StreamObserver {

    /** Observes nothing. */
    StreamObserver NONE = peer -> null;

    /**
     * The creation of a stream begins.
     *
     * @param peer the peer's address
     * @return observes the rest of the connection; null if nobody listens
     */
    @Nullable
    ObservedConnection opened(InetSocketAddress peer);

    /**
     * A connector did not reach its host. It neither waits nor throws.
     *
     * @param context the name of the context, if it has one
     * @param side the side that the stream would have had
     * @param peer the host and the port
     * @param condition the reason
     */
    default void notConnected(Optional<String> context, SslSide side, String peer, SocketStreamException condition) {}
}
