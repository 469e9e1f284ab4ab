package io.sluice.stream;

import java.io.FilterWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.Charset;

/** Characters to a connection: each write is encoded and sent before it returns, so that bytes may be mixed in. */
final class StreamWriter extends FilterWriter {

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

    /** Closes the stream, past the encoder's lock: a writer that is stuck holds that. Everything written was sent. */
    @Override
    public void close() {
        connection.close();
    }
}
