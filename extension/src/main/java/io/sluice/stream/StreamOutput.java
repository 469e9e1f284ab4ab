package io.sluice.stream;

import java.io.FilterWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.Charset;
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

    /** Characters to a connection: each write is encoded and sent before it returns, so that bytes may be mixed in. */
    static final class StreamWriter extends FilterWriter {

        private final StreamConnection connection;

        StreamWriter(StreamConnection connection, OutputStream output, Charset charset) {
            super(new OutputStreamWriter(output, charset));
            this.connection = connection;
        }

        @Override
        public void write(int character) throws IOException {
            super.write(character);
            flush();
        }

        @Override
        public void write(char[] characters, int offset, int length) throws IOException {
            super.write(characters, offset, length);
            flush();
        }

        @Override
        public void write(String text, int offset, int length) throws IOException {
            super.write(text, offset, length);
            flush();
        }

        /** Closes the stream without the encoder's lock, which a stuck writer holds. Nothing remains to be flushed. */
        @Override
        public void close() {
            connection.close();
        }
    }
}
