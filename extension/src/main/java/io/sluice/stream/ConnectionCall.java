package io.sluice.stream;

import org.jspecify.annotations.Nullable;

/**
 * Something to ask in a connection: see {@link SocketStream#inConnection(ConnectionCall)}.
 *
 * @param <T> the answer
 * @param <E> what it throws; a lambda that throws nothing checked needs no {@code catch}
 */
@FunctionalInterface
public interface ConnectionCall<T extends @Nullable Object, E extends Exception> {

    /**
     * Finds the answer.
     *
     * @return the answer
     * @throws E what comes out of {@code inConnection} as it was thrown
     */
    T call() throws E;
}
