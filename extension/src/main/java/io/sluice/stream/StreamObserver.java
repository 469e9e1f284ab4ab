package io.sluice.stream;

import io.sluice.internal.Internal;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * Is told of each connection over which a creator or connector creates a stream, unless a server has accepted it. Thread-safe.
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
     * @return is told the rest; null if nobody wants to know
     */
    @Nullable
    ObservedConnection opened(InetSocketAddress peer);
}
