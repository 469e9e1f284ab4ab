package io.sluice.examples.records;

import io.sluice.stream.SocketStream;
import java.io.IOException;
import java.io.Reader;
import java.util.Optional;

/** A client's connection: lines of a bounded length, each way. */
public class LineStream extends SocketStream {

    static final int LONGEST = 4_096;

    /** The next line, without its end; empty at the end of the connection. */
    public Optional<String> next() throws IOException {
        Reader in = reader();
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0 && line.isEmpty()) {
                return Optional.empty();
            }
            if (c < 0 || line.length() == LONGEST) {
                throw new IOException(c < 0 ? "the connection ended within a line" : "a line has no end");
            }
            line.append((char) c);
        }
        return Optional.of(line.toString().stripTrailing());
    }

    /** Says a line. */
    public void say(String line) throws IOException {
        writer().write(line + "\n");
    }
}
