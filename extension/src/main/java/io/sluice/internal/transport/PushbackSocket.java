package io.sluice.internal.transport;

import io.sluice.internal.tls.Buffers;
import io.sluice.internal.tls.TransportException;
import io.sluice.internal.tls.TransportException.Stage;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a raw socket, beginning with those that were pushed back. Not thread-safe: the caller has one lock for reads and one for
 * writes.
 */
final class PushbackSocket {
    private final RawSocket raw;
    private final SocketIo io;
    private @Nullable ByteBuffer prefix;

    PushbackSocket(RawSocket raw, SocketIo io) {
        this.raw = raw;
        this.io = io;
    }

    BufferPool pool() {
        return io.pool();
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

    /** Returns pushed-back bytes, or -1. */
    int takeUnread(byte[] b, int off, int len) {
        ByteBuffer unread = prefix;
        return unread == null ? -1 : takeUnread(unread, b, off, len);
    }

    private int takeUnread(ByteBuffer unread, byte[] b, int off, int len) {
        int n = Math.min(len, unread.remaining());
        unread.get(b, off, n);
        dropEmptyPrefix(unread);
        return n;
    }

    /** Waits for bytes, with an SO_TIMEOUT; 0 means no limit. Returns -1 at the end of the TCP stream. */
    int read(byte[] b, int off, int len, int timeout, Stage stage) throws TransportException {
        if (prefix != null) {
            return takeUnread(prefix, b, off, len);
        }
        try {
            return io.read(b, off, len, timeout);
        } catch (IOException e) {
            throw SocketFailures.of(stage, e, raw);
        }
    }

    /** Reads into a buffer of {@link #pool}. It may use {@code scratch} while it waits. */
    int read(ByteBuffer buffer, byte[] scratch, int timeout, Stage stage) throws TransportException {
        if (prefix != null) {
            return takeUnread(prefix, buffer);
        }
        try {
            return io.read(buffer, scratch, timeout);
        } catch (IOException e) {
            throw SocketFailures.of(stage, e, raw);
        }
    }

    /** Reads into an application's buffer, which need not have an array. */
    int read(ByteBuffer target, int timeout, Stage stage) throws TransportException {
        if (prefix != null) {
            return takeUnread(prefix, target);
        }
        try {
            return io.read(target, timeout);
        } catch (IOException e) {
            throw SocketFailures.of(stage, e, raw);
        }
    }

    /** Returns pushed-back bytes, or -1. */
    int takeUnread(ByteBuffer target) {
        ByteBuffer unread = prefix;
        return unread == null ? -1 : takeUnread(unread, target);
    }

    private int takeUnread(ByteBuffer unread, ByteBuffer target) {
        int n = Buffers.move(unread, target);
        dropEmptyPrefix(unread);
        return n;
    }

    private void dropEmptyPrefix(ByteBuffer read) {
        if (!read.hasRemaining()) {
            prefix = null;
        }
    }

    /** Returns the number of bytes that can be read without waiting; 0 if unknown. */
    int available() {
        try {
            return (prefix == null ? 0 : prefix.remaining()) + io.available();
        } catch (IOException e) {
            return 0;
        }
    }

    /** Writes all that remains in the buffer, or ends the connection at the timeout. */
    void write(ByteBuffer buffer, Timeout timeout, Stage stage) throws TransportException {
        watch(timeout);
        try {
            io.write(buffer);
        } catch (IOException e) {
            throw SocketFailures.of(stage, e, raw);
        } finally {
            unwatch();
        }
    }

    /** The same for bytes of an array, without an allocation for a socket's stream. */
    void write(byte[] b, int off, int len, Timeout timeout, Stage stage) throws TransportException {
        watch(timeout);
        try {
            io.write(b, off, len);
        } catch (IOException e) {
            throw SocketFailures.of(stage, e, raw);
        } finally {
            unwatch();
        }
    }

    /** The same for an application's buffers, in few writes to the socket. */
    void write(ByteBuffer[] sources, Timeout timeout, Stage stage) throws TransportException {
        watch(timeout);
        try {
            io.write(sources);
        } catch (IOException e) {
            throw SocketFailures.of(stage, e, raw);
        } finally {
            unwatch();
        }
    }

    /** Ends the connection at the timeout, unless {@link #unwatch} is called before. */
    void watch(Timeout timeout) {
        long left = timeout.nanosLeft();
        if (left != Timeout.INFINITE) {
            raw.watchdog().begin(left);
        }
    }

    void unwatch() {
        raw.watchdog().end();
    }

    /** Whether closing the socket releases its readers. This is known of the JDK's sockets. */
    boolean endsWhenClosed() {
        Class<?> known = raw.socket().getClass();
        return known.getClassLoader() == null || raw.socket() instanceof AcceptedSocket;
    }

    /** Fails if this side has closed the socket. */
    void requireOpen(Stage stage) throws TransportException {
        if (!raw.isOpen()) {
            throw TransportException.closed(stage);
        }
    }

    /** Whether a timeout ended the connection. */
    boolean stalled() {
        return raw.watchdog().expired();
    }
}
