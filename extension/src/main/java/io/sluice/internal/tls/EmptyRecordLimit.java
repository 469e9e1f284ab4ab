package io.sluice.internal.tls;

import io.sluice.internal.tls.TransportException.Stage;
import java.nio.ByteBuffer;

/**
 * Limits records without data: empty records, tickets and KeyUpdates (RFC 8446, 4.6). Each costs work. A small record costs its sender
 * almost nothing, so a few in a row are a flood. A larger record costs its sender bytes: a server may send many tickets of a hundred
 * bytes to some kilobytes, and either side may pad its records. Not thread-safe: used under the read lock.
 */
final class EmptyRecordLimit {
    /** The largest KeyUpdate has a fragment of 22 bytes in TLS 1.3. An empty record has up to 80 bytes in TLS 1.2. */
    private static final int SMALL = 96;

    private static final int MOST_SMALL = 32;
    private static final int MOST = 1024;

    private int small;
    private int all;

    void reset() {
        small = 0;
        all = 0;
    }

    /** Counts the records without data from {@code first} to the position. Throws if there were too many in a row. */
    void add(ByteBuffer records, int first) throws TransportException {
        int at = first;
        do {
            int length = records.getShort(at + 3) & 0xffff;
            add(length);
            at += RecordHeader.LENGTH + length;
        } while (at + RecordHeader.LENGTH <= records.position());
    }

    private void add(int length) throws TransportException {
        all++;
        if (length < SMALL) {
            small++;
        }
        if (small > MOST_SMALL || all > MOST) {
            int most = small > MOST_SMALL ? MOST_SMALL : MOST;
            throw TransportException.violation(
                    Stage.READ, "the peer sent more than " + most + " records without data in a row");
        }
    }
}
