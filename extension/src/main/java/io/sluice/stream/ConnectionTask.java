package io.sluice.stream;

/**
 * A task that runs in a connection: see {@link SocketStream#inConnection(ConnectionTask)}.
 *
 * @param <E> the exception type; a lambda without checked exceptions needs no {@code catch}
 */
@FunctionalInterface
public interface ConnectionTask<E extends Exception> {

    /**
     * Runs the task.
     *
     * @throws E an exception, which {@code inConnection} throws unchanged
     */
    void run() throws E;
}
