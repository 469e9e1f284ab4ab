package io.sluice.internal.tls;

import java.nio.ByteBuffer;
import javax.net.ssl.SSLEngine;
import org.jspecify.annotations.Nullable;

/**
 * The ciphertext of a flight, until the driver has sent it. It also tracks whether this side has sent only plaintext records, so that the peer
 * can still read a plaintext alert: until a TLS 1.3 record with ciphertext, or until the record after a ChangeCipherSpec. Not thread-safe.
 */
final class Flight {
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    /** The largest flight that is kept in one piece. */
    private static final int LONGEST = 1 << 20;

    private final SSLEngine engine;
    private final Buffers buffers;
    /** Filled up to its position. Borrowed while it is filled or sent. */
    private @Nullable ByteBuffer bytes;
    /** The number of bytes that were inspected. */
    private int inspected;

    private boolean plaintext = true;
    private boolean afterChange;
    private boolean endsWithAlert;

    Flight(SSLEngine engine, Buffers buffers) {
        this.engine = engine;
        this.buffers = buffers;
    }

    int length() {
        ByteBuffer known = bytes;
        return known == null ? 0 : known.position();
    }

    int packet() {
        return engine.getSession().getPacketBufferSize();
    }

    /** Whether a packet fits. An empty flight grows if it does not. */
    boolean hasRoom() {
        ByteBuffer known = bytes;
        return known == null || known.position() == 0 || known.remaining() >= packet();
    }

    /** Returns the buffer to add ciphertext to. */
    ByteBuffer room() {
        ByteBuffer known = bytes;
        if (known == null) {
            known = buffers.take(packet());
            bytes = known;
        }
        return known;
    }

    /** Makes room for a packet, so that the flight stays in one piece, unless it is too long for that. */
    void extend() {
        ByteBuffer known = bytes;
        if (known != null && known.capacity() < LONGEST) {
            int packet = packet();
            if (known.remaining() < packet) {
                grow(known.position() + packet);
            }
        }
    }

    void grow(int least) {
        ByteBuffer known = bytes;
        ByteBuffer roomier = buffers.take(Math.max(least, known == null ? 0 : 2 * known.capacity()));
        if (known != null) {
            roomier.put(known.flip());
            buffers.release(known);
        }
        bytes = roomier;
    }

    void add(byte[] record) {
        if (room().remaining() < record.length) {
            grow(length() + record.length);
        }
        room().put(record);
    }

    /** Returns the last bytes that were added. */
    ByteBuffer last(int count) {
        ByteBuffer known = bytes;
        return known == null ? NOTHING : known.duplicate().flip().position(known.position() - count);
    }

    /** Replaces an internal_error in plaintext at the end. */
    void replaceInternalError(int alert) {
        ByteBuffer known = bytes;
        if (known != null) {
            RecordHeader.replaceInternalError(known, alert);
        }
    }

    /** Whether the peer can still read a plaintext alert after what was sent and is waiting to be sent. */
    boolean isPlaintext() {
        inspect();
        return plaintext;
    }

    /** Whether the last plaintext record is an alert. */
    boolean endsWithAlert() {
        inspect();
        return endsWithAlert;
    }

    /** Inspects the complete records that were added. */
    private void inspect() {
        ByteBuffer known = bytes;
        if (!plaintext || known == null) {
            return;
        }
        ByteBuffer at = known.duplicate().flip().position(inspected);
        while (plaintext && RecordHeader.complete(at)) {
            int type = RecordHeader.type(at);
            plaintext =
                    type != RecordHeader.APPLICATION_DATA && !(afterChange && type != RecordHeader.CHANGE_CIPHER_SPEC);
            endsWithAlert = type == RecordHeader.ALERT;
            afterChange |= type == RecordHeader.CHANGE_CIPHER_SPEC;
            at.position(at.position() + Math.min(at.remaining(), RecordHeader.recordLength(at)));
        }
        inspected = at.position();
    }

    /** Returns what is to be sent, between position and limit; null if there is nothing. Then {@link #sent} must be called. */
    @Nullable
    ByteBuffer toSend() {
        ByteBuffer known = bytes;
        if (known == null || known.position() == 0) {
            return null;
        }
        inspect();
        inspected = 0;
        return known.flip();
    }

    void sent() {
        ByteBuffer known = bytes;
        if (known != null) {
            known.clear();
        }
    }

    /** Releases the buffer. Returns true if ciphertext is lost with it. */
    boolean release() {
        ByteBuffer known = bytes;
        if (known == null) {
            return false;
        }
        bytes = null;
        boolean isLost = known.position() > 0;
        buffers.release(known);
        return isLost;
    }
}
