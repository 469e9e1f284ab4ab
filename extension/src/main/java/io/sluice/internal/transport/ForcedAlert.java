package io.sluice.internal.transport;

import java.nio.ByteBuffer;
import java.util.Arrays;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Makes an engine raise an alert for a violation that this side has found, because only the engine can encrypt it. Afterwards the engine has
 * an alert to wrap, unless it offers no way.
 *
 * @param engine the engine, which receives no further input
 */
record ForcedAlert(SSLEngine engine) {
    private static final byte[] ANY_RECORD = {23, 3, 3, 0, 1, 0};
    private static final int LONGEST = 0xffff;

    /** The JDK's engine rejects it at once, with unexpected_message. BoringSSL's engine waits for the rest. */
    private static final byte[] HEADER = {23, 3, 3, (byte) 0xff, (byte) 0xff};

    /** Raises record_overflow on BoringSSL's engine, which waits for a whole record. The JDK's engine has only one alert. */
    void forOverlongRecord() {
        failureOf(ByteBuffer.wrap(Arrays.copyOf(HEADER, RecordHeader.LENGTH + LONGEST)));
    }

    /** Raises unexpected_message on the JDK's engine. */
    void forUnexpectedRecord() {
        failureOf(ByteBuffer.wrap(HEADER));
    }

    /** Returns the failure that the engine held back until the next record; null if there is none. */
    @Nullable
    SSLException forAnyRecord() {
        return failureOf(ByteBuffer.wrap(ANY_RECORD));
    }

    /**
     * Raises unexpected_message on the JDK's engine, which must not see the record, because it would start to renegotiate. BoringSSL's
     * engine rejects a renegotiation on the server side, with no_renegotiation. On the client side it would renegotiate.
     */
    void forRenegotiation(ByteBuffer record) {
        if (failureOf(ByteBuffer.wrap(HEADER)) == null && !engine.getUseClientMode()) {
            failureOf(record);
        }
    }

    /** Netty's engine needs room for a record of the announced length. */
    private @Nullable SSLException failureOf(ByteBuffer record) {
        try {
            engine.unwrap(record, ByteBuffer.allocate(LONGEST));
            return null;
        } catch (SSLException e) {
            return e;
        }
    }
}
