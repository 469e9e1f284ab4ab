package io.sluice.internal.transport;

import io.sluice.internal.tls.RecordHeader;
import io.sluice.internal.tls.hello.ClientHello;
import io.sluice.internal.tls.hello.HandshakeMessages;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/**
 * Reads a client's first bytes before there is an engine, and puts them back, so that whoever reads next notices nothing. It stops at the
 * first byte that cannot belong to a ClientHello, and at its limits of time, bytes and records. Not thread-safe.
 */
public final class HelloPeek {
    /** Twice what a hello may have, for a PROXY header and the headers of records. */
    private static final int MAX_BYTES = 1 << 15;

    /** No handshake accepts more. */
    private static final int MAX_RECORDS = 256;

    private static final int TYPICAL = 2048;

    private final AcceptedSocket socket;
    private final InputStream in;
    private final Deadline deadline;
    private final long start = System.nanoTime();
    private byte[] bytes = new byte[TYPICAL];
    private int length;
    /** The first byte after what was taken with {@link #read}. */
    private int helloAt;

    /**
     * Starts the time limit. Nothing is read yet.
     *
     * @param socket the socket, which its owner still closes
     * @param limit how long all reads together may take; longer than zero
     * @throws IOException if the socket is closed
     */
    public HelloPeek(AcceptedSocket socket, Duration limit) throws IOException {
        this.socket = socket;
        this.in = socket.getInputStream();
        this.deadline = Deadline.after(limit);
    }

    /**
     * Waits for bytes that precede the hello.
     *
     * @param b the target
     * @param off the first index to fill
     * @param len the largest number of bytes, at least 1
     * @return the number of bytes read, at least 1
     * @throws IOException at the end of the stream, and past a limit
     */
    public int read(byte[] b, int off, int len) throws IOException {
        int n = receive(len);
        System.arraycopy(bytes, length - n, b, off, n);
        helloAt = length;
        return n;
    }

    /**
     * Waits for the hello.
     *
     * @return the hello; empty if the client sent something else
     * @throws IOException at the end of the stream, and past a limit
     */
    public Optional<ClientHello> hello() throws IOException {
        HandshakeMessages messages = new HandshakeMessages();
        int next = helloAt;
        int records = 0;
        while (records < MAX_RECORDS) {
            ByteBuffer record = ByteBuffer.wrap(bytes, next, length - next);
            if (!mayBeginHello(record)) {
                return Optional.empty();
            }
            if (!RecordHeader.complete(record) || record.remaining() < RecordHeader.recordLength(record)) {
                receive(MAX_BYTES);
                continue;
            }
            next += RecordHeader.recordLength(record);
            records++;
            messages.add(record.slice(record.position() + RecordHeader.LENGTH, RecordHeader.fragmentLength(record)));
            ByteBuffer message = messages.next();
            if (message != null) {
                return ClientHello.of(message);
            }
            if (messages.isTooLong() || messages.type() != ClientHello.TYPE) {
                return Optional.empty();
            }
        }
        return Optional.empty();
    }

    private static boolean mayBeginHello(ByteBuffer record) {
        return !record.hasRemaining()
                || RecordHeader.plausible(record)
                        && RecordHeader.type(record) == RecordHeader.HANDSHAKE
                        && !(RecordHeader.complete(record)
                                && (RecordHeader.fragmentLength(record) == 0 || RecordHeader.isOverlong(record)));
    }

    private int receive(int most) throws IOException {
        if (length == MAX_BYTES) {
            throw new IOException("more than " + MAX_BYTES + " bytes and no hello");
        }
        if (length == bytes.length) {
            bytes = Arrays.copyOf(bytes, 2 * length);
        }
        if (deadline.passed()) {
            throw new SocketTimeoutException("no hello within " + deadline.limit());
        }
        socket.setSoTimeout(deadline.soTimeout());
        int n = in.read(bytes, length, Math.min(most, bytes.length - length));
        if (n < 0) {
            throw new EOFException();
        }
        length += n;
        return n;
    }

    /** Puts everything back. The time that it took counts for the handshake that follows. */
    public void putBack() {
        putBackFrom(0);
    }

    /** Puts the hello back, without what was taken with {@link #read}. */
    public void putBackHello() {
        putBackFrom(helloAt);
    }

    private void putBackFrom(int first) {
        socket.putBack(
                ByteBuffer.wrap(bytes, first, length - first).slice(), Duration.ofNanos(System.nanoTime() - start));
    }
}
