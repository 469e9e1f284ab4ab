package io.sluice.internal.tls;

import io.sluice.internal.engine.EngineAdapter.Violation;
import io.sluice.internal.tls.TransportException.Reason;
import io.sluice.internal.tls.TransportException.Stage;
import java.nio.ByteBuffer;

/**
 * Ciphertext that has arrived, split into records. A connection that waits holds a few hundred bytes, or what has arrived of a record and a
 * little more room. A buffer is borrowed for bytes that have arrived. Not thread-safe: one thread at a time receives.
 */
public final class ReceivedRecords {
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);
    private static final int SMALL = 512;
    /** Room for the rest of a record while waiting. More bytes are received into a borrowed buffer. */
    private static final int ROOM = 256;

    private final Buffers buffers;
    private final boolean several;
    private final ByteBuffer small = ByteBuffer.allocate(SMALL).limit(0);
    /**
     * The small buffer, a borrowed one, or one allocated for the awaited record. Its bytes are between position and end. At times the limit
     * is set to the end of a record.
     */
    private ByteBuffer buffer = small;

    private int end;
    private int begin;
    private boolean anyByte;
    private boolean anyRecord;
    /** After a handshake of TLS 1.2, another handshake record begins a renegotiation. */
    private boolean maybeRenegotiation;
    /** The last arrival filled the buffer, so more bytes have probably arrived. */
    private boolean busy;

    /** {@code several}: whether the engine takes several records at once. */
    ReceivedRecords(Buffers buffers, boolean several) {
        this.buffers = buffers;
        this.several = several;
    }

    /** Returns the next complete record, or an empty buffer. Bytes that the engine leaves remain the next ones. */
    ByteBuffer nextRecord(Stage stage) throws TransportException {
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
        buffer.limit(buffer.position() + length);
        if (beginsRenegotiation(buffer)) {
            throw TransportException.violation(stage, "the peer requested a renegotiation");
        }
        return buffer;
    }

    /** Notes the end of the handshake. */
    void begin(String protocol) {
        maybeRenegotiation = !protocol.equals("TLSv1.3");
    }

    private boolean beginsRenegotiation(ByteBuffer record) {
        return maybeRenegotiation && record.hasRemaining() && RecordHeader.type(record) == RecordHeader.HANDSHAKE;
    }

    /** Returns how the next record violates TLS, if it was rejected here and not by the engine. */
    Violation violation() {
        ByteBuffer rejected = remaining();
        if (RecordHeader.isOverlong(rejected)) {
            return Violation.OVERLONG_RECORD;
        }
        return beginsRenegotiation(rejected) ? Violation.RENEGOTIATION : Violation.UNEXPECTED_MESSAGE;
    }

    /**
     * Adds the complete records of application data that follow the next record and fit into {@code room}, if the engine takes several at
     * once. Any other record gets a call of its own, so that it is examined first.
     */
    ByteBuffer withFollowing(ByteBuffer record, int room) {
        if (!several || RecordHeader.type(record) != RecordHeader.APPLICATION_DATA) {
            return record;
        }
        int first = record.position();
        int next = record.limit();
        record.limit(end).position(next);
        while (isWholeData(record) && next + RecordHeader.recordLength(record) - first <= room) {
            next += RecordHeader.recordLength(record);
            record.position(next);
        }
        return record.limit(next).position(first);
    }

    private static boolean isWholeData(ByteBuffer at) {
        return RecordHeader.complete(at)
                && RecordHeader.type(at) == RecordHeader.APPLICATION_DATA
                && !RecordHeader.isOverlong(at)
                && at.remaining() >= RecordHeader.recordLength(at);
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

    /** Returns all bytes in the buffer, processed or not. Until a handshake's second flight, they begin with the first record. */
    ByteBuffer allBytes() {
        return buffer.duplicate().position(0).limit(end);
    }

    /** Whether the peer has sent anything, although it may not be in the buffer any more. */
    boolean hasHeard() {
        return anyByte;
    }

    /**
     * Returns the bytes that were not processed, even if they are not a complete record.
     *
     * @return a view, valid until bytes are received
     */
    public ByteBuffer remaining() {
        return buffer.duplicate().limit(end);
    }

    /** What a driver knows about the bytes that it is about to receive. */
    public enum Arrival {
        /** They have arrived. */
        ARRIVED,
        /** They may take long. */
        AWAITED,
        /** They are probably about to arrive, so a borrowed buffer is kept. */
        IMMINENT
    }

    /**
     * Tests whether a driver should find out if bytes have arrived, because they would then go to another buffer.
     *
     * @return false if the next bytes go to the small buffer anyway
     */
    public boolean dependsOnArrival() {
        return isBorrowed() || busy || needed() > SMALL;
    }

    /**
     * Tests whether a record has begun to arrive in a borrowed buffer, so that waiting a moment with the buffer saves copying the bytes
     * twice.
     *
     * @return true if the record's header is complete
     */
    public boolean isWithinRecord() {
        return isBorrowed() && RecordHeader.complete(remaining());
    }

    /**
     * Returns the buffer to receive into, between its position and its limit. Then {@link #received} must be called, also after a failure.
     *
     * @param arrival what is known about the bytes
     * @return the buffer, with room for at least a byte
     */
    public ByteBuffer room(Arrival arrival) {
        buffer.limit(end);
        if (arrival != Arrival.IMMINENT) {
            makeRoom(arrival == Arrival.ARRIVED);
        }
        alignFor(needed());
        begin = buffer.position();
        return buffer.limit(buffer.capacity()).position(end);
    }

    /** Takes over the bytes that were put into the last {@link #room}. Without any, nothing changes. */
    public void received() {
        int n = buffer.position() - end;
        anyByte |= n > 0;
        end = buffer.position();
        buffer.position(begin).limit(end);
        busy = isBorrowed() ? n >= SMALL : end == buffer.capacity();
    }

    /**
     * Returns an array for a driver that has to wait before it may use a borrowed buffer.
     *
     * @return an array of a few hundred bytes, whose content is not used
     */
    public byte[] scratch() {
        return small.array();
    }

    private int needed() {
        ByteBuffer bytes = buffer;
        int have = end - bytes.position();
        return have < RecordHeader.LENGTH
                ? RecordHeader.LENGTH
                : RecordHeader.LENGTH + (bytes.limit(end).getShort(bytes.position() + 3) & 0xffff);
    }

    /** Borrows a buffer only if bytes have arrived. */
    private void makeRoom(boolean arrived) {
        int needed = needed();
        if ((busy || needed > SMALL) && arrived) {
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
        return buffer.capacity() == buffers.capacity();
    }

    private void toBorrowed() {
        if (!isBorrowed()) {
            moveTo(buffers.take(buffers.capacity()));
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
        buffers.release(left);
    }

    /** Releases a borrowed buffer, and discards its bytes. */
    void release() {
        buffers.release(buffer);
        buffer = small.position(0).limit(0);
        end = 0;
    }
}
