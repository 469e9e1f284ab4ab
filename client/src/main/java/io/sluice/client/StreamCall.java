package io.sluice.client;

import io.sluice.stream.SocketStream;
import org.jspecify.annotations.Nullable;

/**
 * What is done with a stream of a client.
 *
 * @param <S> the stream class
 * @param <T> the type of the result
 * @param <E> the type of the exception
 */
@FunctionalInterface
public interface StreamCall<S extends SocketStream, T extends @Nullable Object, E extends Exception> {

    /**
     * Uses a stream.
     *
     * @param stream the stream, only for the time of the call
     * @return the result
     * @throws E any failure; the connection is then closed
     */
    T call(S stream) throws E;
}
