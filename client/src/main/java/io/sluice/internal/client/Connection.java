package io.sluice.internal.client;

import io.sluice.stream.SocketStream;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An open connection of a client, with its stream. One thread uses it at a time.
 *
 * @param <S> the stream class
 */
final class Connection<S extends SocketStream> {

    private final S stream;
    private final int position;
    private final long expiresAt;
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile long usedAt = System.nanoTime();
    private @Nullable Object attachment;

    /**
     * Takes a stream.
     *
     * @param stream the stream, which this owns from now on
     * @param position the position of its address
     * @param lifetime nanoseconds until it is to be replaced; {@code Long.MAX_VALUE} for no limit
     */
    Connection(S stream, int position, long lifetime) {
        this.stream = stream;
        this.position = position;
        this.expiresAt = lifetime == Long.MAX_VALUE ? lifetime : System.nanoTime() + lifetime;
    }

    S stream() {
        return stream;
    }

    int position() {
        return position;
    }

    boolean isOpen() {
        return !closed.get() && stream.isOpen();
    }

    boolean hasExpired() {
        return expiresAt != Long.MAX_VALUE && System.nanoTime() - expiresAt >= 0;
    }

    void used() {
        usedAt = System.nanoTime();
    }

    long nanosUnused() {
        return System.nanoTime() - usedAt;
    }

    /** What belongs to the connection besides its stream, made at the first call. A client has one kind of it. */
    @SuppressWarnings("unchecked") // one kind only
    <A> A attachment(Function<? super S, A> make) {
        if (attachment == null) {
            attachment = make.apply(stream);
        }
        return (A) attachment;
    }

    /** Closes the stream once. One that is idle says goodbye to its peer. Returns whether this call has closed it. */
    boolean close(Discard why) {
        if (!closed.compareAndSet(false, true)) {
            return false;
        }
        if (why == Discard.FAILED || why == Discard.END) {
            stream.abort();
        } else {
            stream.close();
        }
        return true;
    }
}
