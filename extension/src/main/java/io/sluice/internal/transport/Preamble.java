package io.sluice.internal.transport;

import io.sluice.internal.transport.TransportException.Reason;
import io.sluice.internal.transport.TransportException.Stage;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The bytes in front of what a transport will carry: read from the socket itself, as many as are asked for and no more, within
 * a deadline. For one thread, before there is a transport.
 */
public final class Preamble {

    private final PushbackSocket wire;
    private final Deadline deadline;

    /**
     * Nothing is read yet; time runs from here.
     *
     * @param raw the socket, which stays its owner's
     * @param limit how long all reads may take together; zero means without limit
     */
    public Preamble(RawSocket raw, Duration limit) {
        this.wire = raw.wire();
        this.deadline = Deadline.after(limit);
    }

    /**
     * Waits for bytes.
     *
     * @param b where to
     * @param off from which index
     * @param len at most how many, at least 1
     * @return how many came, at least 1
     * @throws TransportException {@link Reason#TIMEOUT} past the deadline, {@link Reason#PEER_CLOSED} at the end of the stream
     */
    public int read(byte[] b, int off, int len) throws TransportException {
        if (deadline.passed()) {
            throw late(null);
        }
        int n;
        try {
            n = wire.read(b, off, len, deadline.soTimeout(), Stage.PREAMBLE);
        } catch (TransportException e) {
            throw e.reason() == Reason.TIMEOUT ? late(e) : e;
        }
        if (n < 0) {
            throw new TransportException(
                    Stage.PREAMBLE, Reason.PEER_CLOSED, "the peer closed the connection before it was whole", null);
        }
        return n;
    }

    private TransportException late(@Nullable Throwable cause) {
        return new TransportException(
                Stage.PREAMBLE,
                Reason.TIMEOUT,
                "it was not whole within the handshake's deadline of " + deadline.limit(),
                cause);
    }

    /**
     * How much of the time is left for what follows.
     *
     * @return zero if there is no limit, else at least a nanosecond
     */
    public Duration left() {
        return deadline == Deadline.NEVER ? Duration.ZERO : Duration.ofNanos(Math.max(1, deadline.nanosLeft()));
    }
}
