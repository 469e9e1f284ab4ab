package io.sluice.client;

import io.sluice.stream.SocketStream;
import io.sluice.stream.SocketStreamException;
import org.jspecify.annotations.Nullable;

/**
 * Lends streams over connections that the client keeps open. Inject it with {@link SocketClient}. Thread-safe. Implemented by Sluice only,
 * so later versions may add methods.
 *
 * <p>A stream is lent to one caller at a time. It is created through the connector of the client's context, and closed with its
 * connection. A caller must not use it after it has given it back.
 *
 * @param <S> the stream class
 */
public interface StreamClient<S extends SocketStream> {

    /**
     * Calls a function with a stream. If the function returns, the connection is kept for the next caller. If it throws anything, the
     * connection is closed, because nobody knows how much of the peer's answer has been read. So return a value for an outcome that leaves
     * the connection in order.
     *
     * @param function the function
     * @param <T> the type of the result
     * @param <E> the type of the function's exception
     * @return what the function returns
     * @throws E what the function throws
     * @throws SocketStreamException if there is no connection: no address can be reached, none was free within {@code max-wait} ({@code
     *     POOL_TIMEOUT}), or the application has ended ({@code CLOSED})
     */
    <T extends @Nullable Object, E extends Exception> T call(StreamCall<? super S, T, E> function)
            throws E, SocketStreamException;

    /**
     * Lends a stream until it is closed, for code that does not fit in one function. Use it in {@code try}-with-resources.
     *
     * @return the stream, which the caller must close
     * @throws SocketStreamException if there is no connection, as with {@link #call}
     */
    BorrowedStream<S> borrow() throws SocketStreamException;
}
