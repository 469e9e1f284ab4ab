package io.sluice.internal.tls;

import java.nio.ByteBuffer;

/**
 * Tracks whether this side has sent only plaintext records, so that the peer can still read a plaintext alert: until a TLS 1.3 record with
 * ciphertext, or until the record after a ChangeCipherSpec. Not thread-safe.
 */
final class SentRecords {
    private boolean changed;
    private boolean plaintext = true;
    private boolean alert;
    /** The bytes of the current flight that were inspected. */
    private int inspected;

    /** Whether a plaintext alert may still be sent. */
    boolean arePlaintext() {
        return plaintext;
    }

    /** Whether the last plaintext record was an alert. */
    boolean endWithAlert() {
        return alert;
    }

    /** Inspects the complete records of a flight that is being filled. */
    void inspect(ByteBuffer flight) {
        if (!plaintext) {
            return;
        }
        ByteBuffer at = flight.duplicate().flip().position(inspected);
        while (plaintext && RecordHeader.complete(at)) {
            int type = RecordHeader.type(at);
            plaintext = type != RecordHeader.APPLICATION_DATA && !(changed && type != RecordHeader.CHANGE_CIPHER_SPEC);
            alert = type == RecordHeader.ALERT;
            changed |= type == RecordHeader.CHANGE_CIPHER_SPEC;
            at.position(at.position() + Math.min(at.remaining(), RecordHeader.recordLength(at)));
        }
        inspected = at.position();
    }

    /** The next flight begins. */
    void forget() {
        inspected = 0;
    }
}
