package io.sluice.examples.syslog;

import io.sluice.stream.SocketStream;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A sender's connection: frames of a length in digits, a space, and so many octets of a message (RFC 5425, 4.3). */
public class SyslogStream extends SocketStream {

    /** Far more than the 8,192 octets that receivers should take. */
    static final int MOST_OCTETS = 65_536;

    /** How long a frame that has begun may take. */
    private static final Duration FOR_A_FRAME = Duration.ofMinutes(1);

    private @Nullable InputStream frames;

    /** The next message; empty at the end of the connection, which only comes between two. */
    public Optional<SyslogMessage> next() throws IOException {
        InputStream in = frames();
        int first = in.read();
        if (first < 0) {
            return Optional.empty();
        }
        readDeadline(FOR_A_FRAME);
        byte[] octets = octets(length(first, in), in);
        readDeadline(Duration.ZERO); // A sender may be silent between two.
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
            throw new MalformedSyslogException("a frame begins with its length, and this one with " + shown(first)
                    + ": set the sender to octet counting (RFC 5425)");
        }
        int length = 0;
        for (int digit = first; digit != ' '; digit = in.read()) {
            if (digit < '0' || digit > '9') {
                throw new MalformedSyslogException("the length of a frame has " + shown(digit) + " in it");
            }
            length = 10 * length + digit - '0';
            if (length > MOST_OCTETS) {
                throw new MalformedSyslogException("a frame of " + length + " octets or more is announced, and at most "
                        + MOST_OCTETS + " are taken");
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
