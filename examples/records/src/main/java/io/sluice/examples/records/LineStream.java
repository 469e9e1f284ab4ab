package io.sluice.examples.records;

import io.sluice.stream.SocketStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** A client's connection: lines of a bounded length, each way. */
public class LineStream extends SocketStream {

    static final int LONGEST = 4_096;

    /** How long the next request may take to be complete. */
    private static final Duration FOR_A_LINE = Duration.ofMinutes(5);

    /** The next line, without its end; empty at the end of the connection. */
    public Optional<String> next() throws IOException {
        readDeadline(FOR_A_LINE);
        return Optional.ofNullable(reader().readLine(LONGEST)).map(String::stripTrailing);
    }

    /** Says a line. */
    public void say(String line) throws IOException {
        writer().write(line + "\n");
    }
}
