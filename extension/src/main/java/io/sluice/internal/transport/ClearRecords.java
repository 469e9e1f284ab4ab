package io.sluice.internal.transport;

import java.nio.ByteBuffer;

/**
 * Tracks whether this side has sent only plaintext records, so that the peer can still read a plaintext alert: until a TLS 1.3 record with
 * ciphertext, or until the record after a ChangeCipherSpec. Not thread-safe: used under the write lock.
 */
final class ClearRecords {
    private boolean changed;
    private boolean clear = true;
    private boolean alert;

    /** Whether a plaintext alert may still be sent. */
    boolean only() {
        return clear;
    }

    /** Whether the last plaintext record was an alert. */
    boolean endWithAlert() {
        return alert;
    }

    /** Inspects complete records that are about to be sent. */
    void sending(ByteBuffer records) {
        if (!clear) {
            return;
        }
        ByteBuffer at = records.duplicate();
        while (clear && RecordHeader.complete(at)) {
            int type = RecordHeader.type(at);
            clear = type != RecordHeader.APPLICATION_DATA && !(changed && type != RecordHeader.CHANGE_CIPHER_SPEC);
            alert = type == RecordHeader.ALERT;
            changed |= type == RecordHeader.CHANGE_CIPHER_SPEC;
            at.position(at.position() + Math.min(at.remaining(), RecordHeader.recordLength(at)));
        }
    }
}
