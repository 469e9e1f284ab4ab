package io.sluice.stream;

import org.jspecify.annotations.Nullable;

/**
 * A task with a result that runs in a connection: see {@link SocketStream#inConnection(ConnectionCall)}.
 *
 * @param <T> the type of the result
 * @param <E> the exception type; a lambda without checked exceptions needs no {@code catch}
 */
@FunctionalInterface
public interface ConnectionCall<T extends @Nullable Object, E extends Exception> {

    /**
     * Runs the task.
     *
     * @return the result
     * @throws E an exception, which {@code inConnection} throws unchanged
     */
    T call() throws E;
}
