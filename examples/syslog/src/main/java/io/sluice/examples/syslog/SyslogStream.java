package io.sluice.examples.syslog;

import io.sluice.stream.SocketStream;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A connection from a sender. A frame is a length in digits, a space, and that many octets (RFC 5425, 4.3). */
public class SyslogStream extends SocketStream {

    /** More than the 8,192 octets that RFC 5425 asks of receivers. */
    static final int MAX_FRAME_SIZE = 65_536;

    /** The time within which a frame that has begun must be complete. */
    private static final Duration FRAME_TIMEOUT = Duration.ofMinutes(1);

    private @Nullable InputStream frames;

    /**
     * Reads the next message.
     *
     * @return the message, or empty if the connection ended after a frame
     */
    public Optional<SyslogMessage> next() throws IOException {
        InputStream in = frames();
        int first = in.read();
        if (first < 0) {
            return Optional.empty();
        }
        readDeadline(FRAME_TIMEOUT);
        byte[] octets = octets(length(first, in), in);
        readDeadline(Duration.ZERO); // A sender may be silent between frames.
        return Optional.of(SyslogParser.parse(octets));
    }

    private InputStream frames() {
        InputStream known = frames;
        if (known == null) {
            known = new BufferedInputStream(input());
            frames = known;
        }
        return known;
    }

    private static int length(int first, InputStream in) throws IOException {
        if (first < '1' || first > '9') {
            throw new MalformedSyslogException("a frame must begin with its length, but this one begins with "
                    + shown(first) + ": set the sender to octet counting (RFC 5425)");
        }
        int length = 0;
        for (int digit = first; digit != ' '; digit = in.read()) {
            if (digit < '0' || digit > '9') {
                throw new MalformedSyslogException("the length of a frame contains " + shown(digit));
            }
            length = 10 * length + digit - '0';
            if (length > MAX_FRAME_SIZE) {
                throw new MalformedSyslogException(
                        "a frame of " + length + " or more octets exceeds the limit of " + MAX_FRAME_SIZE);
            }
        }
        return length;
    }

    private static String shown(int octet) {
        if (octet < 0) {
            return "the end of the connection";
        }
        return octet > ' ' && octet < 127 ? "'" + (char) octet + "'" : "octet " + octet;
    }

    private static byte[] octets(int length, InputStream in) throws IOException {
        byte[] octets = in.readNBytes(length);
        if (octets.length < length) {
            throw new EOFException(
                    "the connection ended after " + octets.length + " of " + length + " octets of a message");
        }
        return octets;
    }
}
