package io.sluice.internal.transport;

import io.sluice.internal.transport.TransportException.Reason;
import io.sluice.internal.transport.TransportException.Stage;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a raw socket, those first that were read from it earlier. Reads are made under one lock and writes under
 * another; both locks are the caller's.
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

    /** Puts bytes back in front of what is to be read. */
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

    /** Gives bytes that were put back, or -1. */
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

    /** Waits for bytes: an SO_TIMEOUT, 0 for ever; -1 at the end of the TCP stream. */
    int read(byte[] b, int off, int len, int timeout, Stage stage) throws TransportException {
        if (prefix != null) {
            return takeUnread(prefix, b, off, len);
        }
        try {
            return io.read(b, off, len, timeout);
        } catch (IOException e) {
            throw TransportFailures.ofSocket(stage, e, raw);
        }
    }

    /** The same into a buffer of {@link #pool}; {@code scratch} is free for use meanwhile. */
    int read(ByteBuffer buffer, byte[] scratch, int timeout, Stage stage) throws TransportException {
        if (prefix != null) {
            int n = Math.min(buffer.remaining(), prefix.remaining());
            buffer.put(buffer.position(), prefix, prefix.position(), n).position(buffer.position() + n);
            prefix.position(prefix.position() + n);
            dropEmptyPrefix(prefix);
            return n;
        }
        try {
            return io.read(buffer, scratch, timeout);
        } catch (IOException e) {
            throw TransportFailures.ofSocket(stage, e, raw);
        }
    }

    private void dropEmptyPrefix(ByteBuffer read) {
        if (!read.hasRemaining()) {
            prefix = null;
        }
    }

    /** What can be read without waiting; 0 where that cannot be known. */
    int available() {
        try {
            return (prefix == null ? 0 : prefix.remaining()) + io.available();
        } catch (IOException e) {
            return 0;
        }
    }

    /** Writes all, or ends the connection when timeout does. */
    void write(byte[] b, int off, int len, Timeout timeout, Stage stage) throws TransportException {
        watch(timeout);
        try {
            io.write(b, off, len);
        } catch (IOException e) {
            throw TransportFailures.ofSocket(stage, e, raw);
        } finally {
            unwatch();
        }
    }

    /** Writes all that remains in the buffer, or ends the connection when timeout does. */
    void write(ByteBuffer buffer, Timeout timeout, Stage stage) throws TransportException {
        watch(timeout);
        try {
            io.write(buffer);
        } catch (IOException e) {
            throw TransportFailures.ofSocket(stage, e, raw);
        } finally {
            unwatch();
        }
    }

    /** From now on until {@link #unwatch} the connection ends when timeout does. */
    void watch(Timeout timeout) {
        long left = timeout.nanosLeft();
        if (left != Timeout.ENDLESS) {
            raw.watchdog().begin(left);
        }
    }

    void unwatch() {
        raw.watchdog().end();
    }

    /** Whether closing the socket frees whoever reads it: of the JDK's sockets that is known. */
    boolean endsWhenClosed() {
        Class<?> known = raw.socket().getClass();
        return known.getClassLoader() == null || known == AcceptedSocket.class;
    }

    /** Fails if this side has closed the socket. */
    void refuseWhenClosed(Stage stage) throws TransportException {
        if (!raw.isOpen()) {
            throw new TransportException(stage, Reason.CLOSED, "the connection was closed by this side", null);
        }
    }

    /** Whether the connection was ended because timeout did. */
    boolean stalled() {
        return raw.watchdog().expired();
    }
}
