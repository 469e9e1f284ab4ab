package io.sluice.stream;

/**
 * Something to do in a connection: see {@link SocketStream#inConnection(ConnectionTask)}.
 *
 * @param <E> what it throws; a lambda that throws nothing checked needs no {@code catch}
 */
@FunctionalInterface
public interface ConnectionTask<E extends Exception> {

    /**
     * Does it.
     *
     * @throws E what comes out of {@code inConnection} as it was thrown
     */
    void run() throws E;
}
