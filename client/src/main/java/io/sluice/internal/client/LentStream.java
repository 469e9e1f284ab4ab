package io.sluice.internal.client;

import io.sluice.client.BorrowedStream;
import io.sluice.stream.SocketStream;

/** A stream that is given back when it is closed. */
final class LentStream<S extends SocketStream> implements BorrowedStream<S> {

    private final ConnectionPool<S> pool;
    private final ConnectionPool.Place<S> place;
    private boolean complete;
    private boolean closed;

    LentStream(ConnectionPool<S> pool, ConnectionPool.Place<S> place) {
        this.pool = pool;
        this.place = place;
    }

    @Override
    public S stream() {
        if (closed) {
            throw new IllegalStateException("the stream has been given back to its client. Borrow another one");
        }
        return place.connection().stream();
    }

    @Override
    public void complete() {
        complete = true;
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            pool.giveBack(place, complete);
        }
    }
}
