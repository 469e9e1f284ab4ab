package io.sluice.internal.transport;

import io.sluice.internal.transport.TransportException.Reason;
import io.sluice.internal.transport.TransportException.Stage;
import java.nio.ByteBuffer;
import java.util.concurrent.Semaphore;

/**
 * Splits the input into records. It borrows a buffer for bytes that have arrived, and keeps it for a moment if a record is almost complete.
 * While it waits, it holds a few hundred bytes, or what has arrived of a record and a little more room. Not thread-safe: used under the read
 * lock.
 */
final class RecordReader {
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);
    private static final int SMALL = 512;
    /** Room for the rest of a record while waiting. More bytes are read into a borrowed buffer. */
    private static final int ROOM = 256;
    /** Milliseconds to wait for the rest of a record with a borrowed buffer, which saves copying it twice. */
    private static final int LINGER = 20;
    /** Limits the number of readers that do so. The others hold only what has arrived. */
    private static final Semaphore LINGERING = new Semaphore(BufferPool.SLOTS);

    private final PushbackSocket wire;
    private final ByteBuffer small = ByteBuffer.allocate(SMALL).limit(0);
    /**
     * The small buffer, a borrowed one, or one allocated for the awaited record. Its bytes are between position and end. At times the limit
     * is set to the end of one record.
     */
    private ByteBuffer buffer = small;

    private int end;
    private boolean anyRecord;
    /** The last arrival filled the buffer, so more bytes have probably arrived. */
    private boolean busy;

    RecordReader(PushbackSocket wire) {
        this.wire = wire;
    }

    /** Returns the next complete record, or an empty buffer. Bytes that the engine leaves remain the next ones. */
    ByteBuffer record(Stage stage) throws TransportException {
        buffer.limit(end);
        if (!anyRecord) {
            requireTls(stage);
        }
        if (stage == Stage.HANDSHAKE && buffer.hasRemaining()) {
            requirePlausible();
        }
        if (!RecordHeader.complete(buffer)) {
            return NOTHING;
        }
        if (RecordHeader.isOverlong(buffer)) {
            throw TransportException.violation(
                            stage,
                            "the peer announced a record of " + RecordHeader.fragmentLength(buffer)
                                    + " bytes, more than the limit of " + RecordHeader.MAX_FRAGMENT)
                    .withAlert(TlsAlert.RECORD_OVERFLOW);
        }
        int length = RecordHeader.recordLength(buffer);
        if (buffer.remaining() < length) {
            return NOTHING;
        }
        anyRecord = true;
        return buffer.limit(buffer.position() + length);
    }

    private void requireTls(Stage stage) throws TransportException {
        String defect = FirstBytes.defect(buffer);
        if (defect != null) {
            throw new TransportException(stage, Reason.NOT_TLS, defect);
        }
    }

    /** Engines wait for the rest of an impossible header, and differ in their treatment of empty records (RFC 8446, 5.1). */
    private void requirePlausible() throws TransportException {
        if (!RecordHeader.plausible(buffer)) {
            throw violation("bytes that are not a TLS record");
        }
        if (RecordHeader.complete(buffer) && RecordHeader.fragmentLength(buffer) == 0) {
            throw violation("an empty record");
        }
    }

    static TransportException violation(String sent) {
        return TransportException.violation(Stage.HANDSHAKE, "the peer sent " + sent + " in the handshake")
                .withAlert(TlsAlert.UNEXPECTED_MESSAGE);
    }

    /** Returns all bytes in the buffer, read or not. Until a handshake's second flight, they begin with the first record. */
    ByteBuffer allBytes() {
        return buffer.duplicate().position(0).limit(end);
    }

    /** Returns the bytes that were not read, even if they are not a complete record. */
    ByteBuffer remaining() {
        return buffer.duplicate().limit(end);
    }

    int available() {
        return end - buffer.position() + wire.available();
    }

    boolean mustWait() {
        return wire.available() == 0;
    }

    /** Waits for more bytes, with an SO_TIMEOUT; 0 means no limit. Returns false at the end of the TCP stream. A timeout loses nothing. */
    boolean fill(int timeout, Stage stage) throws TransportException {
        buffer.limit(end);
        boolean here = (isBorrowed() || busy || needed() > SMALL) && wire.available() > 0;
        if (here || !lingers(stage)) {
            makeRoom(here);
            return receive(timeout, stage);
        }
        try {
            return receive(timeout == 0 ? LINGER : Math.min(timeout, LINGER), stage);
        } catch (TransportException e) {
            if (e.reason() != Reason.TIMEOUT) {
                throw e;
            }
            makeRoom(false);
            if (timeout != 0 && timeout <= LINGER) {
                throw e;
            }
        } finally {
            LINGERING.release();
        }
        return receive(timeout == 0 ? 0 : timeout - LINGER, stage);
    }

    /** Whether to wait with a borrowed buffer first; then {@link #LINGERING} must be released. A handshake does not justify the timed read. */
    private boolean lingers(Stage stage) {
        return stage == Stage.READ && isBorrowed() && RecordHeader.complete(buffer) && LINGERING.tryAcquire();
    }

    private boolean receive(int timeout, Stage stage) throws TransportException {
        alignFor(needed());
        int first = buffer.position();
        buffer.limit(buffer.capacity()).position(end);
        int n = 0;
        try {
            n = read(timeout, stage);
        } finally {
            end = buffer.position();
            buffer.position(first).limit(end);
        }
        busy = isBorrowed() ? n >= SMALL : end == buffer.capacity();
        return n >= 0;
    }

    private int read(int timeout, Stage stage) throws TransportException {
        if (isBorrowed()) {
            return wire.read(buffer, small.array(), timeout, stage);
        }
        int n = wire.read(buffer.array(), buffer.position(), buffer.remaining(), timeout, stage);
        buffer.position(buffer.position() + Math.max(0, n));
        return n;
    }

    private int needed() {
        return RecordHeader.complete(buffer) ? RecordHeader.recordLength(buffer) : RecordHeader.LENGTH;
    }

    /** Borrows a buffer only if bytes have arrived. */
    private void makeRoom(boolean here) {
        int needed = needed();
        if ((busy || needed > SMALL) && here) {
            toBorrowed();
        } else if (needed <= SMALL || buffer.remaining() < SMALL / 2) {
            toSmall();
        } else {
            toOwn(needed);
        }
    }

    private void alignFor(int needed) {
        boolean crowded = buffer.capacity() - buffer.position() < needed || !buffer.hasRemaining();
        if (buffer.position() > 0 && crowded) {
            buffer.compact().flip();
        }
        end = buffer.limit();
    }

    private boolean isBorrowed() {
        return buffer.capacity() == BufferPool.CAPACITY;
    }

    private void toBorrowed() {
        if (!isBorrowed()) {
            moveTo(wire.pool().take(BufferPool.CAPACITY));
        }
    }

    @SuppressWarnings("ReferenceEquality") // The same buffer, not the same content.
    private void toSmall() {
        if (buffer != small) {
            moveTo(small.clear());
        }
    }

    /** Allocates a buffer for the bytes of the record that have arrived, and a few more. */
    private void toOwn(int needed) {
        int come = buffer.remaining();
        if (isBorrowed() || buffer.capacity() < Math.min(needed, come + ROOM / 2)) {
            moveTo(ByteBuffer.allocate(Math.min(needed, come + Math.max(ROOM, isFull() ? come : come / 16))));
        }
    }

    /** If nothing is borrowed because it is unknown what has arrived, the buffer grows to the double size. */
    private boolean isFull() {
        return !isBorrowed() && end == buffer.capacity();
    }

    private void moveTo(ByteBuffer next) {
        ByteBuffer left = buffer;
        buffer = next.put(left).flip();
        end = buffer.limit();
        wire.pool().release(left);
    }

    /** Releases a borrowed buffer, and discards its bytes. */
    void release() {
        wire.pool().release(buffer);
        buffer = small.position(0).limit(0);
        end = 0;
    }

    /** Pushes the bytes after the last record back to the socket. */
    void pushBack() {
        buffer.limit(end);
        if (buffer.hasRemaining()) {
            wire.unread(buffer);
        }
        release();
    }
}
