package io.sluice.internal.transport;

import io.sluice.internal.tls.TransportException;
import io.sluice.internal.tls.TransportException.Reason;
import io.sluice.internal.tls.TransportException.Stage;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Reads the bytes that precede a transport's bytes, such as a PROXY header: straight from the socket, never more than requested,
 * and within a deadline. Not thread-safe.
 */
public final class Preamble {

    private final SocketInput input;
    private final Deadline deadline;

    /**
     * Starts the deadline. Nothing is read yet.
     *
     * @param raw the socket, which its owner still closes
     * @param limit how long all reads together may take; zero means no limit
     */
    public Preamble(RawSocket raw, Duration limit) {
        this.input = raw.input();
        this.deadline = Deadline.after(limit);
    }

    /**
     * Waits for bytes.
     *
     * @param b the target
     * @param off the first index to fill
     * @param len the largest number of bytes, at least 1
     * @return the number of bytes read, at least 1
     * @throws TransportException {@link Reason#TIMEOUT} past the deadline, {@link Reason#PEER_CLOSED} at the end of the stream
     */
    public int read(byte[] b, int off, int len) throws TransportException {
        if (deadline.passed()) {
            throw late(null);
        }
        int n;
        try {
            n = input.read(b, off, len, deadline.soTimeout(), Stage.PREAMBLE);
        } catch (TransportException e) {
            throw e.reason() == Reason.TIMEOUT ? late(e) : e;
        }
        if (n < 0) {
            throw new TransportException(
                    Stage.PREAMBLE,
                    Reason.PEER_CLOSED,
                    "the peer closed the connection before the header was complete");
        }
        return n;
    }

    private TransportException late(@Nullable Throwable cause) {
        return TransportException.timeout(
                Stage.PREAMBLE,
                "the header was not complete within the handshake's deadline of " + deadline.limit(),
                cause);
    }

    /**
     * Returns the time that remains until the deadline.
     *
     * @return zero if there is no limit, otherwise at least a nanosecond
     */
    public Duration remaining() {
        return deadline == Deadline.NEVER ? Duration.ZERO : Duration.ofNanos(Math.max(1, deadline.nanosLeft()));
    }
}
