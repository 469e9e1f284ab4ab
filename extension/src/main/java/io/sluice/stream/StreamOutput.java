package io.sluice.stream;

import java.io.OutputStream;
import java.util.Objects;

/** The bytes to a connection: each write is sent before it returns. */
final class StreamOutput extends OutputStream {

    private final StreamConnection connection;

    StreamOutput(StreamConnection connection) {
        this.connection = connection;
    }

    @Override
    public void write(int value) throws SocketStreamException {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws SocketStreamException {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        if (length > 0) {
            connection.write(bytes, offset, length);
        }
    }

    /** Closes the stream, as a socket's output does. */
    @Override
    public void close() {
        connection.close();
    }
}
