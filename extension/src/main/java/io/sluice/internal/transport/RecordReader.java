package io.sluice.internal.transport;

import io.sluice.internal.transport.TransportException.Reason;
import io.sluice.internal.transport.TransportException.Stage;
import java.nio.ByteBuffer;
import java.util.concurrent.Semaphore;

/**
 * Ciphertext from the wire, handed out record by record. It borrows a buffer for what has come already, keeps it for a moment where a
 * record is about to be whole, and waits with a few hundred bytes, or with as much of a record as has come and a little room. Used under
 * the read lock.
 */
final class RecordReader {
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);
    private static final int SMALL = 512;
    /** Room to wait with for the rest of a record; what comes beyond it is read into a borrowed buffer. */
    private static final int ROOM = 256;
    /** Milliseconds for which a borrowed buffer waits for the rest of a record, so that it need not be copied twice. */
    private static final int LINGER = 20;
    /** Of so many at once: the others hold no more than has come. */
    private static final Semaphore LINGERING = new Semaphore(BufferPool.SLOTS);

    private final PushbackSocket wire;
    private final ByteBuffer small = ByteBuffer.allocate(SMALL).limit(0);
    /**
     * Small, borrowed, or made for the record that is waited for. Its bytes lie between position and end; the limit is narrowed to one
     * record at times.
     */
    private ByteBuffer buffer = small;

    private int end;
    private boolean anyRecord;
    /** The last arrival filled what it was read into, so that more is likely to be there already. */
    private boolean busy;

    RecordReader(PushbackSocket wire) {
        this.wire = wire;
    }

    /** The next complete record, or an empty buffer. What the engine leaves of it stays first in line. */
    ByteBuffer record(Stage stage) throws TransportException {
        buffer.limit(end);
        if (!anyRecord) {
            refuseOtherThanTls(stage);
        }
        if (stage == Stage.HANDSHAKE && buffer.hasRemaining()) {
            refuseImplausible();
        }
        if (!RecordHeader.complete(buffer)) {
            return NOTHING;
        }
        if (RecordHeader.isOverlong(buffer)) {
            throw new TransportException(
                            stage,
                            Reason.PROTOCOL_ABUSE,
                            "the peer announced a record of " + RecordHeader.fragmentLength(buffer)
                                    + " bytes, more than the limit of " + RecordHeader.MAX_FRAGMENT,
                            null)
                    .answeredBy(TlsAlert.RECORD_OVERFLOW);
        }
        int length = RecordHeader.recordLength(buffer);
        if (buffer.remaining() < length) {
            return NOTHING;
        }
        anyRecord = true;
        return buffer.limit(buffer.position() + length);
    }

    private void refuseOtherThanTls(Stage stage) throws TransportException {
        String defect = FirstBytes.defect(buffer);
        if (defect != null) {
            throw new TransportException(stage, Reason.NOT_TLS, defect, null);
        }
    }

    /** Engines wait for the rest of a header that no record has, and differ over records without content (RFC 8446, 5.1). */
    private void refuseImplausible() throws TransportException {
        if (!RecordHeader.plausible(buffer)) {
            throw violation("bytes that are not a TLS record");
        }
        if (RecordHeader.complete(buffer) && RecordHeader.fragmentLength(buffer) == 0) {
            throw violation("an empty record");
        }
    }

    static TransportException violation(String sent) {
        return new TransportException(
                        Stage.HANDSHAKE, Reason.PROTOCOL_ABUSE, "the peer sent " + sent + " in the handshake", null)
                .answeredBy(TlsAlert.UNEXPECTED_MESSAGE);
    }

    /** Whether a record was handed out, so that the engine may have keys. */
    boolean anyRecord() {
        return anyRecord;
    }

    /** All that the buffer still has, read or not: from the first record on until a handshake's second flight. */
    ByteBuffer fromTheFirst() {
        return buffer.duplicate().position(0).limit(end);
    }

    /** What is next in line, complete or not. */
    ByteBuffer first() {
        return buffer.duplicate().limit(end);
    }

    boolean isEmpty() {
        return buffer.position() == end;
    }

    int available() {
        return end - buffer.position() + wire.available();
    }

    boolean mustWait() {
        return wire.available() == 0;
    }

    /** Waits for more bytes: an SO_TIMEOUT, 0 for ever. False at the end of the TCP stream; a timeout loses nothing. */
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

    /** Whether to wait with a borrowed buffer first; to be released then. A handshake is not worth the timed read. */
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

    /** A borrowed buffer where the bytes are here; nothing borrowed where they are not. */
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

    /** A buffer for the record's bytes that have come and a few of those that will. */
    private void toOwn(int needed) {
        int come = buffer.remaining();
        if (isBorrowed() || buffer.capacity() < Math.min(needed, come + ROOM / 2)) {
            moveTo(ByteBuffer.allocate(Math.min(needed, come + Math.max(ROOM, isFull() ? come : come / 16))));
        }
    }

    /** Where nothing is borrowed because nobody knows what is here, it doubles. */
    private boolean isFull() {
        return !isBorrowed() && end == buffer.capacity();
    }

    private void moveTo(ByteBuffer next) {
        ByteBuffer left = buffer;
        buffer = next.put(left).flip();
        end = buffer.limit();
        wire.pool().give(left);
    }

    /** Gives a borrowed buffer back. Its bytes are dropped. */
    void release() {
        wire.pool().give(buffer);
        buffer = small.position(0).limit(0);
        end = 0;
    }

    /** What has come behind the last record, for whoever reads the socket next. */
    void giveBack() {
        buffer.limit(end);
        if (buffer.hasRemaining()) {
            wire.unread(buffer);
        }
        release();
    }
}
