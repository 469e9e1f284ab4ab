package io.sluice.internal.transport;

import java.nio.ByteBuffer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;

/**
 * Makes an engine raise the alert for what this side has found wrong: nobody else can encrypt one. Afterwards the engine has it
 * to wrap, or has not, if there is no way.
 *
 * @param engine the engine, whose input is over
 */
record ForcedAlert(SSLEngine engine) {
    private static final int LONGEST = 0xffff;

    /** The JDK's engine refuses it at once, with unexpected_message. BoringSSL's waits for the rest. */
    private static final byte[] HEADER = {23, 3, 3, (byte) 0xff, (byte) 0xff};

    /** Raises record_overflow on BoringSSL's engine, which waits for a whole record first. The JDK's knows only one answer. */
    void forOverlongRecord() {
        byte[] record = new byte[RecordHeader.LENGTH + LONGEST];
        System.arraycopy(HEADER, 0, record, 0, HEADER.length);
        raisedBy(ByteBuffer.wrap(record));
    }

    /** Raises unexpected_message on the JDK's engine. */
    void forUnexpectedRecord() {
        raisedBy(ByteBuffer.wrap(HEADER));
    }

    /**
     * Raises unexpected_message on the JDK's engine, which must not see the record, because it would begin to renegotiate.
     * BoringSSL's refuses that on the server side by itself, with no_renegotiation; a client it would let renegotiate.
     */
    void forRenegotiation(ByteBuffer record) {
        if (!raisedBy(ByteBuffer.wrap(HEADER)) && !engine.getUseClientMode()) {
            raisedBy(record);
        }
    }

    /** Netty's engine wants room for a record of the announced length before it looks. */
    private boolean raisedBy(ByteBuffer record) {
        try {
            engine.unwrap(record, ByteBuffer.allocate(LONGEST));
            return false;
        } catch (SSLException e) {
            return true;
        }
    }
}
