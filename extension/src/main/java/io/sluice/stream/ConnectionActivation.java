package io.sluice.stream;

import io.sluice.internal.Internal;

/**
 * Makes one connection the current one of a thread: the container's part of {@code inConnection}. Thread-safe.
 *
 * @hidden
 */
@FunctionalInterface
@Internal
public interface ConnectionActivation {

    /**
     * Enters the connection on the calling thread. Leaving it restores the thread's previous connection.
     *
     * @return the activation, to be left once on the same thread, inner activations first
     * @throws IllegalStateException if the connection has ended
     */
    Active enter();

    /** One activation on one thread. */
    interface Active {

        /** Leaves the connection. */
        void leave();
    }
}
