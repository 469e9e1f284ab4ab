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
     * Enters the connection on the calling thread. What was the thread's current connection before is so again afterwards.
     *
     * @return what to leave once, on the same thread, inner ones first
     * @throws IllegalStateException if the connection has ended
     */
    Active enter();

    /** A thread's stay in a connection. */
    interface Active {

        /** Ends the stay. */
        void leave();
    }
}
