package io.sluice.internal.transport;

import io.sluice.internal.tls.Buffers;
import io.sluice.internal.tls.TransportException;
import io.sluice.internal.tls.TransportException.Stage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/**
 * Blocking writes to a socket, in the way that suits its kind. A write that exceeds its limit ends the connection. Not thread-safe: the write
 * lock guards it.
 */
abstract sealed class SocketOutput permits SocketOutput.Streams, SocketOutput.Channel, ReadyOutput {

    /** Larger buffers are not copied if the socket takes them as they are. */
    private static final int LARGE = 4 * 1024;

    /** The most bytes of a heap buffer that are written to a channel at once. */
    static final int PIECE = 4 * 1024;

    private final RawSocket raw;
    private final BufferPool pool;

    SocketOutput(RawSocket raw, BufferPool pool) {
        this.raw = raw;
        this.pool = pool;
    }

    static SocketOutput of(RawSocket raw) throws IOException {
        SocketChannel channel = raw.socket().getChannel();
        if (channel == null) {
            return new Streams(raw);
        }
        Readiness readiness = raw.socket() instanceof AcceptedChannel accepted ? accepted.readiness() : null;
        return readiness == null
                ? new Channel(raw, channel)
                : new ReadyOutput(raw, (AcceptedChannel) raw.socket(), channel, readiness);
    }

    /** Returns the pool whose buffers suit this socket. */
    final BufferPool pool() {
        return pool;
    }

    /** Writes all that remains in the buffer. */
    final void write(ByteBuffer buffer, Deadline limit, Stage stage) throws TransportException {
        raw.watchdog().begin(limit);
        int n = buffer.remaining();
        try {
            write(buffer);
            raw.sent(n);
        } catch (IOException e) {
            throw raw.failure(stage, e);
        } finally {
            raw.watchdog().end();
        }
    }

    /** The same for bytes of an array, without an allocation for a socket's stream. */
    final void write(byte[] b, int off, int len, Deadline limit, Stage stage) throws TransportException {
        raw.watchdog().begin(limit);
        try {
            write(b, off, len);
            raw.sent(len);
        } catch (IOException e) {
            throw raw.failure(stage, e);
        } finally {
            raw.watchdog().end();
        }
    }

    /** The same for an application's buffers, in few writes to the socket. */
    final void write(ByteBuffer[] sources, Deadline limit, Stage stage) throws TransportException {
        raw.watchdog().begin(limit);
        long n = Transport.remaining(sources);
        try {
            write(sources);
            raw.sent(n);
        } catch (IOException e) {
            throw raw.failure(stage, e);
        } finally {
            raw.watchdog().end();
        }
    }

    /**
     * Writes an application's buffers. Small ones are copied together, so that they leave in one write. The JDK would also copy each heap
     * buffer that is written to a channel, and keep the copies for the thread.
     */
    final void write(ByteBuffer[] sources) throws IOException {
        ByteBuffer together = pool.take(pool.capacity());
        try {
            for (ByteBuffer source : sources) {
                if (source.remaining() >= LARGE && takes(source)) {
                    write(together.flip(), source);
                    together.clear();
                } else {
                    copy(source, together);
                }
            }
            write(together.flip());
        } finally {
            pool.release(together);
        }
    }

    private void copy(ByteBuffer source, ByteBuffer together) throws IOException {
        while (source.hasRemaining()) {
            if (!together.hasRemaining()) {
                write(together.flip());
                together.clear();
            }
            Buffers.move(source, together);
        }
    }

    /** Sets whether bytes that the socket does not take at once are kept, so that the writer need not wait. For non-blocking channels. */
    void defer(boolean deferred) {}

    /** Whether bytes are kept. Any thread may ask. */
    boolean hasKept() {
        return false;
    }

    /** Sends what is kept as far as that is possible without waiting. Returns whether nothing is left. */
    boolean flushKept() throws IOException {
        return true;
    }

    /** Waits until nothing is kept. */
    void awaitKept() throws IOException {}

    /** Sends what is kept, within a time limit. */
    final void finish(Deadline limit, Stage stage) throws TransportException {
        raw.watchdog().begin(limit);
        try {
            awaitKept();
        } catch (IOException e) {
            throw raw.failure(stage, e);
        } finally {
            raw.watchdog().end();
        }
    }

    /** Sends what is kept, without waiting. Returns whether nothing is left. */
    final boolean flushNow(Stage stage) throws TransportException {
        try {
            return flushKept();
        } catch (IOException e) {
            throw raw.failure(stage, e);
        }
    }

    abstract void write(ByteBuffer buffer) throws IOException;

    abstract void write(byte[] b, int off, int len) throws IOException;

    /** Whether the socket writes the buffer without copying it. */
    abstract boolean takes(ByteBuffer source);

    /** Writes two buffers, the first of which may be empty. The socket takes the second as it is. */
    abstract void write(ByteBuffer first, ByteBuffer second) throws IOException;

    /** A socket without a channel: its stream, and arrays. */
    static final class Streams extends SocketOutput {

        private final OutputStream out;

        Streams(RawSocket raw) throws IOException {
            super(raw, BufferPool.HEAP);
            this.out = raw.socket().getOutputStream();
        }

        @Override
        void write(ByteBuffer buffer) throws IOException {
            write(buffer.array(), buffer.arrayOffset() + buffer.position(), buffer.remaining());
            buffer.position(buffer.limit());
        }

        @Override
        void write(byte[] b, int off, int len) throws IOException {
            out.write(b, off, len);
        }

        @Override
        boolean takes(ByteBuffer source) {
            return source.hasArray();
        }

        /** A stream has no gathering write. So that a few bytes do not leave alone, the beginning of the second buffer joins them. */
        @Override
        void write(ByteBuffer first, ByteBuffer second) throws IOException {
            if (first.hasRemaining()) {
                ByteBuffer joined = first.compact();
                Buffers.move(second, joined);
                write(joined.flip());
            }
            write(second);
        }
    }

    /** A socket with a channel: direct buffers, without copying. */
    static final class Channel extends SocketOutput {

        private final SocketChannel channel;
        /** Notes what a server wants to know of an accepted socket. */
        private final @Nullable AcceptedSocket accepted;

        Channel(RawSocket raw, SocketChannel channel) {
            super(raw, BufferPool.DIRECT);
            this.channel = channel;
            this.accepted = raw.socket() instanceof AcceptedSocket known ? known : null;
        }

        private void send(ByteBuffer... sources) throws IOException {
            if (accepted == null) {
                channel.write(sources);
            } else {
                accepted.write(channel, sources);
            }
        }

        private void send(ByteBuffer source) throws IOException {
            if (accepted == null) {
                channel.write(source);
            } else {
                accepted.write(channel, source);
            }
        }

        /** A heap buffer goes in small pieces, because the JDK copies each to a direct buffer, and keeps that for the thread. */
        @Override
        void write(ByteBuffer buffer) throws IOException {
            int end = buffer.limit();
            while (buffer.position() < end) {
                buffer.limit(buffer.isDirect() ? end : Math.min(end, buffer.position() + PIECE));
                send(buffer);
            }
        }

        /** In pieces, because the JDK would keep a direct buffer of the largest size for the thread. */
        @Override
        void write(byte[] b, int off, int len) throws IOException {
            write(new ByteBuffer[] {ByteBuffer.wrap(b, off, len)});
        }

        @Override
        boolean takes(ByteBuffer source) {
            return source.isDirect();
        }

        @Override
        void write(ByteBuffer first, ByteBuffer second) throws IOException {
            if (first.hasRemaining()) {
                ByteBuffer[] both = {first, second};
                while (second.hasRemaining()) {
                    send(both);
                }
            }
            write(second);
        }
    }
}
