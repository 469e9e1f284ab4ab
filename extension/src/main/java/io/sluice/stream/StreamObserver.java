package io.sluice.stream;

import io.sluice.internal.Internal;
import java.net.InetSocketAddress;
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
}
