package io.sluice.internal.transport;

import io.sluice.internal.tls.Buffers;
import io.sluice.internal.tls.TransportException;
import io.sluice.internal.tls.TransportException.Stage;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/**
 * Blocking reads from a socket, beginning with the bytes that were pushed back. Timeouts are in milliseconds, like SO_TIMEOUT; 0 means no
 * limit. Not thread-safe: the read lock guards it.
 */
final class SocketInput {
    /** The most bytes of one read into an array. The JDK keeps a direct buffer of the largest size for each thread. */
    private static final int MOST = 64 * 1024;

    /** The most bytes that a channel receives into an array for a record at once. */
    private static final int PIECE = 4 * 1024;

    /** The most bytes that few threads receive into heap buffers at once. */
    private static final int WHOLE_PIECE = 40 * 1024;

    /** The array that a long wait holds for a buffer without one. */
    private static final int WAITING = 1024;

    /** The array of a read that need not wait. */
    private static final int ARRIVED = 16 * 1024;

    private final RawSocket raw;
    private final InputStream in;
    /** Reads into direct buffers without copying, but without a timeout. Null if the socket has none. */
    private final @Nullable SocketChannel channel;
    /** Waits for a channel that is non-blocking; null for any other socket. */
    private final @Nullable Readiness readiness;

    private int soTimeout = -1;
    private @Nullable ByteBuffer prefix;

    SocketInput(RawSocket raw) throws IOException {
        this.raw = raw;
        this.in = raw.socket().getInputStream();
        this.channel = raw.socket().getChannel();
        this.readiness = raw.socket() instanceof AcceptedChannel accepted ? accepted.readiness() : null;
    }

    /** Pushes bytes back, so that they are read first. */
    void unread(ByteBuffer bytes) {
        if (!bytes.hasRemaining()) {
            return;
        }
        int waiting = prefix == null ? 0 : prefix.remaining();
        ByteBuffer joined = ByteBuffer.allocate(bytes.remaining() + waiting).put(bytes);
        if (prefix != null) {
            joined.put(prefix);
        }
        prefix = joined.flip();
    }

    boolean hasUnread() {
        return prefix != null;
    }

    /** Returns pushed-back bytes, or -1. */
    int takeUnread(byte[] b, int off, int len) {
        ByteBuffer unread = prefix;
        if (unread == null) {
            return -1;
        }
        int n = Math.min(len, unread.remaining());
        unread.get(b, off, n);
        dropEmptyPrefix(unread);
        return n;
    }

    /** Returns pushed-back bytes, or -1. */
    int takeUnread(ByteBuffer target) {
        ByteBuffer unread = prefix;
        if (unread == null) {
            return -1;
        }
        int n = Buffers.move(unread, target);
        dropEmptyPrefix(unread);
        return n;
    }

    private void dropEmptyPrefix(ByteBuffer read) {
        if (!read.hasRemaining()) {
            prefix = null;
        }
    }

    /** Waits for bytes. Returns -1 at the end of the TCP stream. */
    int read(byte[] b, int off, int len, int timeout, Stage stage) throws TransportException {
        if (prefix != null) {
            return takeUnread(b, off, len);
        }
        try {
            soTimeout(timeout);
            int most = Math.min(len, MOST);
            long start = timeout == 0 ? 0 : System.nanoTime();
            try {
                return raw.received(in.read(b, off, most));
            } catch (SocketTimeoutException e) {
                renewTimeout(timeout, start, e);
                return raw.received(in.read(b, off, most));
            }
        } catch (IOException e) {
            throw raw.failure(stage, e);
        }
    }

    /** Waits for bytes for a buffer without an array. Meanwhile it uses the given array, or else a small one of its own. */
    int read(ByteBuffer target, byte @Nullable [] scratch, int timeout, Stage stage) throws TransportException {
        if (prefix != null) {
            return takeUnread(target);
        }
        if (channel != null && readiness != null) {
            return awaited(channel, readiness, target, timeout, stage);
        }
        byte[] array;
        try {
            if (channel != null && target.isDirect() && (timeout == 0 || in.available() > 0)) {
                return raw.received(receive(channel, target));
            }
            array = scratch == null ? scratch(target) : scratch;
        } catch (IOException e) {
            throw raw.failure(stage, e);
        }
        int n = read(array, 0, Math.min(array.length, target.remaining()), timeout, stage);
        if (n > 0) {
            target.put(array, 0, n);
        }
        return n;
    }

    private int awaited(SocketChannel from, Readiness ready, ByteBuffer target, int timeout, Stage stage)
            throws TransportException {
        try {
            long start = timeout == 0 ? 0 : System.nanoTime();
            int left = timeout;
            int n = receive(from, target);
            while (n == 0) {
                if (!ready.awaitReadable(left)) {
                    throw new SocketTimeoutException("no bytes within " + timeout + " ms");
                }
                n = receive(from, target);
                left = timeout == 0 ? 0 : (int) Math.max(1, timeout - (System.nanoTime() - start) / 1_000_000);
            }
            return raw.received(n);
        } catch (IOException e) {
            throw raw.failure(stage, e);
        }
    }

    /** Reads what has arrived on a non-blocking channel, and returns 0 if nothing has. Returns -1 at the end of the TCP stream. */
    int readNow(ByteBuffer target, Stage stage) throws TransportException {
        if (prefix != null) {
            return takeUnread(target);
        }
        if (channel == null || readiness == null) {
            throw new IllegalStateException("the socket is blocking");
        }
        try {
            return raw.received(target.isDirect() ? receive(channel, target) : receivePiece(channel, target));
        } catch (IOException e) {
            throw raw.failure(stage, e);
        }
    }

    /** The JDK keeps a direct buffer of the largest size for each thread. */
    private int receivePiece(SocketChannel from, ByteBuffer target) throws IOException {
        int limit = target.limit();
        target.limit(Math.min(limit, target.position() + WHOLE_PIECE));
        try {
            return receive(from, target);
        } finally {
            target.limit(limit);
        }
    }

    /**
     * Returns how many bytes to read into an array at once. From a channel they are few: the JDK receives them in a direct buffer, which it
     * keeps for the thread, and records are in the heap if direct memory is scarce.
     */
    int atOnce(int most) {
        return channel == null ? most : Math.min(most, PIECE);
    }

    /** An accepted socket notes what a server wants to know, and has bytes that were put back. */
    private int receive(SocketChannel from, ByteBuffer target) throws IOException {
        return raw.socket() instanceof AcceptedSocket accepted ? accepted.read(from, target) : from.read(target);
    }

    /** Returns an array to read into. It is small if the read has to wait. */
    private byte[] scratch(ByteBuffer target) throws IOException {
        return new byte[Math.min(target.remaining(), in.available() > 0 ? ARRIVED : WAITING)];
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
            raw.socket().setSoTimeout(millis);
            soTimeout = millis;
        }
    }

    /** Returns the number of bytes that can be read without waiting; 0 if unknown. */
    int available() {
        try {
            return (prefix == null ? 0 : prefix.remaining()) + in.available();
        } catch (IOException e) {
            return 0;
        }
    }
}
