package io.sluice.internal.transport;

import io.sluice.internal.tls.Buffers;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/**
 * Blocking reads and writes on a socket, in the way that suits its type. Timeouts are in milliseconds, like SO_TIMEOUT; 0 means no limit. Not
 * thread-safe: the read lock guards reads, and the write lock guards writes.
 */
abstract sealed class SocketIo {

    /** The most bytes of one read into an array. The JDK keeps a direct buffer of the largest size for each thread. */
    private static final int MOST = 64 * 1024;

    /** Larger buffers are not copied if the socket takes them as they are. */
    private static final int LARGE = 4 * 1024;

    /** The array that a long wait holds for a buffer without one. */
    private static final int WAITING = 1024;

    /** The most bytes of a heap buffer that are written to a channel at once. */
    private static final int PIECE = 4 * 1024;

    /** The array of a read that need not wait. */
    private static final int ARRIVED = 16 * 1024;

    private final Socket socket;
    private final InputStream in;
    private final BufferPool pool;
    private int soTimeout = -1;

    private SocketIo(Socket socket, BufferPool pool) throws IOException {
        this.socket = socket;
        this.pool = pool;
        this.in = socket.getInputStream();
    }

    static SocketIo of(Socket socket) throws IOException {
        SocketChannel channel = socket.getChannel();
        return channel == null ? new Streams(socket) : new Channel(socket, channel);
    }

    final int read(byte[] b, int off, int len, int timeout) throws IOException {
        soTimeout(timeout);
        int most = Math.min(len, MOST);
        long start = timeout == 0 ? 0 : System.nanoTime();
        try {
            return in.read(b, off, most);
        } catch (SocketTimeoutException e) {
            renewTimeout(timeout, start, e);
            return in.read(b, off, most);
        }
    }

    /** An application that still holds the socket may change SO_TIMEOUT. A wait that ends too early is repeated. */
    private void renewTimeout(int millis, long start, SocketTimeoutException timeout) throws IOException {
        long left = millis == 0 ? 0 : millis - (System.nanoTime() - start) / 1_000_000;
        if (millis != 0 && left <= 0) {
            throw timeout;
        }
        soTimeout = -1;
        soTimeout((int) left);
    }

    /** Each change is a system call, so it is made only if needed. */
    private void soTimeout(int millis) throws SocketException {
        if (millis != soTimeout) {
            socket.setSoTimeout(millis);
            soTimeout = millis;
        }
    }

    final int available() throws IOException {
        return in.available();
    }

    /** Reads into a buffer of this socket's pool. It may use {@code scratch} while it waits. */
    abstract int read(ByteBuffer buffer, byte[] scratch, int timeout) throws IOException;

    /** Reads into an application's buffer, which need not have an array. */
    abstract int read(ByteBuffer target, int timeout) throws IOException;

    /** Returns an array to read into. It is small if the read has to wait. */
    final byte[] scratch(ByteBuffer target) throws IOException {
        return new byte[Math.min(target.remaining(), in.available() > 0 ? ARRIVED : WAITING)];
    }

    abstract void write(ByteBuffer buffer) throws IOException;

    abstract void write(byte[] b, int off, int len) throws IOException;

    /**
     * Writes an application's buffers. Small ones are copied together, so that they leave in one write. The JDK would also copy each heap
     * buffer that is written to a channel, and keep the copies for the thread.
     */
    final void write(ByteBuffer[] sources) throws IOException {
        ByteBuffer together = pool.take(BufferPool.CAPACITY);
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

    /** Whether the socket writes the buffer without copying it. */
    abstract boolean takes(ByteBuffer source);

    /** Writes two buffers, the first of which may be empty. The socket takes the second as it is. */
    abstract void write(ByteBuffer first, ByteBuffer second) throws IOException;

    /** Returns the pool whose buffers suit this socket. */
    final BufferPool pool() {
        return pool;
    }

    /** A socket without a channel: streams and arrays. */
    private static final class Streams extends SocketIo {

        private final OutputStream out;

        Streams(Socket socket) throws IOException {
            super(socket, BufferPool.HEAP);
            this.out = socket.getOutputStream();
        }

        @Override
        int read(ByteBuffer buffer, byte[] scratch, int timeout) throws IOException {
            int n = read(buffer.array(), buffer.arrayOffset() + buffer.position(), buffer.remaining(), timeout);
            if (n > 0) {
                buffer.position(buffer.position() + n);
            }
            return n;
        }

        @Override
        int read(ByteBuffer target, int timeout) throws IOException {
            byte[] scratch = scratch(target);
            int n = read(scratch, 0, scratch.length, timeout);
            if (n > 0) {
                target.put(scratch, 0, n);
            }
            return n;
        }

        @Override
        void write(ByteBuffer buffer) throws IOException {
            write(buffer.array(), buffer.arrayOffset() + buffer.position(), buffer.remaining());
            buffer.position(buffer.limit());
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

        @Override
        void write(byte[] b, int off, int len) throws IOException {
            out.write(b, off, len);
        }
    }

    /**
     * A socket with a channel: direct buffers, without copying. Only the stream of the channel's socket supports timeouts, so a wait uses the
     * stream, and a read of bytes that have arrived uses the channel.
     */
    private static final class Channel extends SocketIo {

        private final SocketChannel channel;
        /** Notes what a server wants to know of an accepted socket, and has bytes that were put back. */
        private final @Nullable AcceptedSocket accepted;

        Channel(Socket socket, SocketChannel channel) throws IOException {
            super(socket, BufferPool.DIRECT);
            this.channel = channel;
            this.accepted = socket instanceof AcceptedSocket known ? known : null;
        }

        private int receive(ByteBuffer target) throws IOException {
            return accepted == null ? channel.read(target) : accepted.read(channel, target);
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

        @Override
        int read(ByteBuffer buffer, byte[] scratch, int timeout) throws IOException {
            if (timeout == 0 || available() > 0) {
                return receive(buffer);
            }
            int n = read(scratch, 0, Math.min(scratch.length, buffer.remaining()), timeout);
            if (n > 0) {
                buffer.put(scratch, 0, n);
            }
            return n;
        }

        @Override
        int read(ByteBuffer target, int timeout) throws IOException {
            boolean ready = target.isDirect() && (timeout == 0 || available() > 0);
            return ready ? receive(target) : read(target, scratch(target), timeout);
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
