package io.sluice.client;

import io.sluice.stream.SocketStream;

/**
 * A stream that a client has lent. Close it on every path. Not thread-safe.
 *
 * @param <S> the stream class
 */
public interface BorrowedStream<S extends SocketStream> extends AutoCloseable {

    /**
     * Returns the stream.
     *
     * @return the stream, for use until this is closed
     */
    S stream();

    /**
     * Says that the exchange is complete, so that the next caller may use the connection. Without this call, {@link #close} closes the
     * connection: an exception may have left part of an answer unread.
     */
    void complete();

    /** Gives the stream back. Further calls have no effect. */
    @Override
    void close();
}
