package io.sluice.internal.transport;

import java.nio.ByteBuffer;

/**
 * Watches what this side sends, to know how long the peer can read an alert in the clear: until a TLS 1.3 record with a ciphertext, or
 * until the record that follows a ChangeCipherSpec. Used under the write lock.
 */
final class ClearRecords {
    private boolean changed;
    private boolean clear = true;
    private boolean alert;

    /** Whether an alert in the clear may still be sent. */
    boolean only() {
        return clear;
    }

    /** Whether the last of them was an alert. */
    boolean endWithAlert() {
        return alert;
    }

    /** Looks at whole records that are about to be sent. */
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
