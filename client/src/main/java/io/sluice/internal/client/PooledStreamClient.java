package io.sluice.internal.client;

import io.sluice.client.BorrowedStream;
import io.sluice.client.StreamCall;
import io.sluice.client.StreamClient;
import io.sluice.stream.SocketStream;
import io.sluice.stream.SocketStreamException;
import org.jspecify.annotations.Nullable;

/** Lends the streams of a pool. */
final class PooledStreamClient<S extends SocketStream> implements StreamClient<S> {

    private final ConnectionPool<S> pool;

    PooledStreamClient(ConnectionPool<S> pool) {
        this.pool = pool;
    }

    @Override
    public <T extends @Nullable Object, E extends Exception> T call(StreamCall<? super S, T, E> function)
            throws E, SocketStreamException {
        try (BorrowedStream<S> borrowed = borrow()) {
            T result = function.call(borrowed.stream());
            borrowed.complete();
            return result;
        }
    }

    @Override
    public BorrowedStream<S> borrow() throws SocketStreamException {
        return new LentStream<>(pool, pool.take());
    }
}
