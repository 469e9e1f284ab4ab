package io.sluice.examples.records;

import io.sluice.stream.SocketStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** A connection that exchanges lines of limited length. */
public class LineStream extends SocketStream {

    static final int MAX_LENGTH = 4_096;

    /** The time within which the next request must be complete. */
    private static final Duration LINE_TIMEOUT = Duration.ofMinutes(5);

    /** {@return the next line without its end, or empty at the end of the connection} */
    public Optional<String> readLine() throws IOException {
        readDeadline(LINE_TIMEOUT);
        return Optional.ofNullable(reader().readLine(MAX_LENGTH)).map(String::stripTrailing);
    }

    /** Sends a line. */
    public void writeLine(String line) throws IOException {
        writer().write(line + "\n");
    }
}
