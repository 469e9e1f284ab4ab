package io.sluice.internal.transport;

import io.sluice.internal.transport.TransportException.Reason;
import io.sluice.internal.transport.TransportException.Stage;
import org.jspecify.annotations.Nullable;

/**
 * Watches for records that carry no data: empty ones, tickets and KeyUpdates (RFC 8446, 4.6). Each costs work. A small one costs its
 * sender next to nothing, so that few in a row are a flood. A larger one costs its sender bytes: a server may send many tickets, of a
 * hundred bytes to some kilobytes, and either side may pad its records. Used under the read lock.
 */
final class EmptyRecordLimit {
    /** The largest KeyUpdate has a fragment of 22 bytes in TLS 1.3; an empty record of TLS 1.2 one of up to 80. */
    private static final int SMALL = 96;

    private static final int MOST_SMALL = 32;
    private static final int MOST = 1024;

    private int small;
    private int all;

    void data() {
        small = 0;
        all = 0;
    }

    /** Notes a record without data, by the length of its fragment. */
    @Nullable
    TransportException quiet(int length) {
        all++;
        if (length < SMALL) {
            small++;
        }
        return small > MOST_SMALL ? abuse(MOST_SMALL) : all > MOST ? abuse(MOST) : null;
    }

    private static TransportException abuse(int most) {
        return new TransportException(
                Stage.READ,
                Reason.PROTOCOL_ABUSE,
                "the peer sent more than " + most + " records in a row that carry no data",
                null);
    }
}
