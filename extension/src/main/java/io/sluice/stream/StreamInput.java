package io.sluice.stream;

import java.io.InputStream;
import java.util.Objects;

/** The bytes of a connection, those before them that the reader had fetched but not decoded. */
final class StreamInput extends InputStream {

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
