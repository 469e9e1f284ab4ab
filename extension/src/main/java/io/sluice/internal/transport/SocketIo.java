package io.sluice.internal.transport;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/**
 * Blocking reads and writes on a socket, in the way that suits its type. Timeouts are in milliseconds, like SO_TIMEOUT; 0 means no limit. Not
 * thread-safe: the read lock guards reads, and the write lock guards writes.
 */
abstract sealed class SocketIo {

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
        long start = timeout == 0 ? 0 : System.nanoTime();
        try {
            return in.read(b, off, len);
        } catch (SocketTimeoutException e) {
            renewTimeout(timeout, start, e);
            return in.read(b, off, len);
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

    abstract void write(ByteBuffer buffer) throws IOException;

    abstract void write(byte[] b, int off, int len) throws IOException;

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
        void write(ByteBuffer buffer) throws IOException {
            write(buffer.array(), buffer.arrayOffset() + buffer.position(), buffer.remaining());
            buffer.position(buffer.limit());
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

        Channel(Socket socket, SocketChannel channel) throws IOException {
            super(socket, BufferPool.DIRECT);
            this.channel = channel;
        }

        @Override
        int read(ByteBuffer buffer, byte[] scratch, int timeout) throws IOException {
            if (timeout == 0 || available() > 0) {
                return channel.read(buffer);
            }
            int n = read(scratch, 0, Math.min(scratch.length, buffer.remaining()), timeout);
            if (n > 0) {
                buffer.put(scratch, 0, n);
            }
            return n;
        }

        @Override
        void write(ByteBuffer buffer) throws IOException {
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
        }

        @Override
        void write(byte[] b, int off, int len) throws IOException {
            write(ByteBuffer.wrap(b, off, len));
        }
    }
}
