package io.sluice.stream;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The bytes of a connection, those before them that the reader had fetched but not decoded. */
final class StreamInput extends InputStream {

    /** What a transfer waits with: the transport unwraps straight into an array of this size. */
    private static final int SMALL = 1024;

    /** What a transfer goes on with while there is more: a TLS record. */
    private static final int LARGE = 16 * 1024;

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
        return length == 0 ? 0 : connection.read(bytes, offset, length);
    }

    /** {@inheritDoc} While it waits it holds a small buffer only: an echo may wait for hours. */
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
            boolean more = (large != null || n == SMALL) && available() > 0;
            large = more ? Objects.requireNonNullElseGet(large, () -> new byte[LARGE]) : null;
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
