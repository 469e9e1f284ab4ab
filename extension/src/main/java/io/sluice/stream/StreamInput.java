package io.sluice.stream;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a connection, beginning with those that were received and not yet read. If a read of several arrivals fails, it puts
 * back what it had read.
 */
final class StreamInput extends InputStream {

    /** The buffer with which a transfer waits. */
    private static final int SMALL = 256;

    /** The smallest buffer of a transfer while more data is available. */
    private static final int MIDDLE = 2 * 1024;

    /** The largest one: the size of a TLS record. */
    private static final int LARGE = 16 * 1024;

    /** How many skipped bytes are kept until the skip has succeeded. */
    private static final int MOST_SKIPPED = 1 << 20;

    private final StreamConnection connection;

    StreamInput(StreamConnection connection) {
        this.connection = connection;
    }

    @Override
    public int read() throws SocketStreamException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws SocketStreamException {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        int held = length == 0 ? 0 : connection.received().take(bytes, offset, length);
        return held > 0 || length == 0 ? held : connection.receive(bytes, offset, length);
    }

    @Override
    public byte[] readNBytes(int length) throws SocketStreamException {
        if (length < 0) {
            throw new IllegalArgumentException(
                    "readNBytes: the number of bytes must not be negative, but is " + length);
        }
        byte[] bytes = new byte[Math.min(length, LARGE)];
        int read = 0;
        boolean done = false;
        try {
            while (!done) {
                read += readAll(bytes, read, bytes.length - read);
                done = read < bytes.length || read == length;
                bytes = done ? bytes : Arrays.copyOf(bytes, (int) Math.min(length, 2L * bytes.length));
            }
        } finally {
            if (!done) {
                connection.putBack(bytes, 0, read);
            }
        }
        return read == bytes.length ? bytes : Arrays.copyOf(bytes, read);
    }

    @Override
    public int readNBytes(byte[] bytes, int offset, int length) throws SocketStreamException {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        return readAll(bytes, offset, length);
    }

    /** Reads this number of bytes, or fewer at the end of the stream. If it fails, it puts back what it had read. */
    private int readAll(byte[] bytes, int offset, int length) throws SocketStreamException {
        int read = 0;
        boolean done = false;
        try {
            while (!done) {
                int now = read(bytes, offset + read, length - read);
                read += Math.max(now, 0);
                done = now < 0 || read == length;
            }
        } finally {
            if (!done) {
                connection.putBack(bytes, offset, read);
            }
        }
        return read;
    }

    /** {@inheritDoc} If a read fails, a skip of more than a million bytes may skip fewer, and the next read fails. */
    @Override
    public long skip(long count) throws SocketStreamException {
        return Skipping.skip(Math.max(count, 0), MOST_SKIPPED, most -> readNBytes(most).length);
    }

    /**
     * {@inheritDoc} If it fails, nothing was skipped. But more than a million bytes cannot be put back, so the failure then ends
     * the connection.
     */
    @Override
    public void skipNBytes(long count) throws IOException {
        long skipped = skip(count);
        while (skipped < count) {
            try {
                long now = skip(count - skipped);
                if (now == 0) {
                    throw new EOFException("the connection ended after " + skipped + " of " + count + " bytes to skip");
                }
                skipped += now;
            } catch (SocketStreamException e) {
                throw ended(skipped, e);
            }
        }
    }

    private SocketStreamException ended(long skipped, SocketStreamException failure) {
        connection.transport().get().abort();
        connection.discardReceived();
        return new SocketStreamException(
                failure.kind(),
                connection.label() + ": read: a skip failed after " + skipped
                        + " bytes, more than can be put back, so the connection was ended."
                        + " Use skip, which returns the number of bytes skipped",
                failure);
    }

    /** {@inheritDoc} While it waits, it holds a small buffer only, because an echo service may wait for hours. */
    @Override
    public long transferTo(OutputStream out) throws IOException {
        Objects.requireNonNull(out, "out");
        byte[] small = new byte[SMALL];
        byte @Nullable [] large = null;
        long transferred = 0;
        while (true) {
            byte[] bytes = large == null ? small : large;
            int n = read(bytes, 0, bytes.length);
            if (n < 0) {
                return transferred;
            }
            out.write(bytes, 0, n);
            transferred += n;
            int more = large != null || n == SMALL ? Math.min(available(), LARGE) : 0;
            if (more == 0) {
                large = null;
            } else if (large == null || large.length < more) {
                large = new byte[Math.max(more, MIDDLE)];
            }
        }
    }

    @Override
    public int available() {
        return connection.available();
    }

    /** Closes the stream, as a socket's input does. */
    @Override
    public void close() {
        connection.close();
    }
}
