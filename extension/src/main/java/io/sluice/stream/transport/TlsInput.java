package io.sluice.stream.transport;

import java.nio.ByteBuffer;

/**
 * Ciphertext from the wire, handed out record by record. It waits with a few hundred bytes and borrows a buffer only when a
 * record does not fit in them. Used under the read lock.
 */
final class TlsInput {
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);
    private static final int SMALL = 512;

    private final Wire wire;
    private final ByteBuffer small = ByteBuffer.allocate(SMALL).limit(0);
    /** Either small or borrowed. Its bytes lie between position and end; the limit is narrowed to one record at times. */
    private ByteBuffer buffer = small;

    private int end;
    private boolean anyRecord;
    /** The last arrival filled what it was read into, so that more is likely to be there already. */
    private boolean busy;

    TlsInput(Wire wire) {
        this.wire = wire;
    }

    /** The next complete record, or an empty buffer. What the engine leaves of it stays first in line. */
    ByteBuffer record(Stage stage) throws TransportException {
        buffer.limit(end);
        if (!anyRecord) {
            refuseOtherThanTls(stage);
        }
        if (!RecordHeader.complete(buffer)) {
            return NOTHING;
        }
        if (RecordHeader.fragmentLength(buffer) > RecordHeader.MAX_FRAGMENT) {
            throw new TransportException(
                    stage,
                    Fault.PROTOCOL_ABUSE,
                    "the peer announced a record of " + RecordHeader.fragmentLength(buffer) + " bytes, allowed are "
                            + RecordHeader.MAX_FRAGMENT,
                    null);
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
            throw new TransportException(stage, Fault.NOT_TLS, defect, null);
        }
    }

    /** Whether a record was handed out, so that the engine may have keys. */
    boolean anyRecord() {
        return anyRecord;
    }

    /** All that the buffer still has, read or not: from the first record on until a handshake's second flight. */
    ByteBuffer fromTheFirst() {
        return buffer.duplicate().position(0).limit(end);
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
        makeRoom();
        int first = buffer.position();
        buffer.limit(buffer.capacity()).position(end);
        int n = 0;
        try {
            n = read(timeout, stage);
        } finally {
            end = buffer.position();
            buffer.position(first).limit(end);
        }
        busy = buffer == small ? end == SMALL : n >= SMALL;
        return n >= 0;
    }

    private int read(int timeout, Stage stage) throws TransportException {
        if (buffer != small) {
            return wire.read(buffer, small.array(), timeout, stage);
        }
        int n = wire.read(small.array(), small.position(), small.remaining(), timeout, stage);
        small.position(small.position() + Math.max(0, n));
        return n;
    }

    /** Room for the rest of the record: in the small buffer while no header has come, or if the whole record fits. */
    private void makeRoom() {
        boolean more = busy && wire.available() > 0;
        int needed = RecordHeader.complete(buffer) ? RecordHeader.recordLength(buffer) : RecordHeader.LENGTH;
        if (more || needed > SMALL) {
            toBorrowed();
        } else if (buffer.remaining() < RecordHeader.LENGTH) {
            toSmall();
        }
        if (buffer.capacity() - buffer.position() < needed || !buffer.hasRemaining()) {
            buffer.compact().flip();
        }
        end = buffer.limit();
    }

    private void toBorrowed() {
        if (buffer == small) {
            buffer = wire.pool().take(BufferPool.CAPACITY).put(small).flip();
            small.clear();
        }
    }

    private void toSmall() {
        if (buffer != small) {
            ByteBuffer borrowed = buffer;
            buffer = small.clear().put(borrowed).flip();
            wire.pool().give(borrowed);
        }
    }

    /** Gives a borrowed buffer back. Its bytes are dropped. */
    void release() {
        if (buffer != small) {
            wire.pool().give(buffer);
            buffer = small;
        }
        small.position(0).limit(0);
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
