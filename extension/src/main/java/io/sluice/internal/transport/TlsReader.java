package io.sluice.internal.transport;

import io.sluice.internal.transport.TransportException.Reason;
import io.sluice.internal.transport.TransportException.Stage;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Reads and decrypts records, straight into the caller's array if it is large. Not thread-safe: used under the read lock. */
final class TlsReader {
    /** For smaller arrays, a record is decrypted into a buffer and copied from there. */
    private static final int LARGE = 1024;

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);
    private static final byte[] NO_BYTES = {};

    /** The SO_TIMEOUT of a read that need not wait, in milliseconds. */
    private static final int NO_WAIT = 1;

    private final SSLEngine engine;
    private final PushbackSocket wire;
    private final RecordReader input;
    private final ByteBuffer[] target = new ByteBuffer[2];
    private final PlaintextBuffer plaintext;
    private final EmptyRecordLimit emptyRecords = new EmptyRecordLimit();
    private boolean tls12;
    private boolean receivedData;
    private End end = End.OPEN;
    /**
     * The last record produced no data but something to wrap, of which the engine's status shows nothing. BoringSSL's engine has then
     * rejected the record, and throws only at the next one.
     */
    private boolean alertSuspected;
    /** The engine has returned all that it decrypted, so it need not be called before waiting for bytes. */
    private boolean drained;
    /** A failure that arrived together with data, which is returned first. */
    private @Nullable TransportException deferred;

    private enum End {
        OPEN,
        CLEAN,
        TRUNCATED
    }

    TlsReader(SSLEngine engine, PushbackSocket wire) {
        this.engine = engine;
        this.wire = wire;
        this.input = new RecordReader(wire);
        this.plaintext = new PlaintextBuffer(engine, wire.pool());
    }

    RecordReader input() {
        return input;
    }

    /** Starts reading after the handshake, with the negotiated protocol. */
    void begin(String protocol) {
        tls12 = !protocol.equals("TLSv1.3");
        trim();
        if (engine.isInboundDone()) {
            end = End.CLEAN;
        }
    }

    /** Does a step of the handshake, which may also bring the first data. The record may be empty. */
    SSLEngineResult unwrapHandshake(ByteBuffer record) throws SSLException {
        ByteBuffer room = plaintext.compacted();
        try {
            return engine.unwrap(record, room);
        } finally {
            room.flip();
        }
    }

    int read(byte[] b, int off, int len, ReadWait wait, Responses responses) throws TransportException {
        int held = plaintext.take(b, off, len);
        if (held > 0) {
            return held;
        }
        if (deferred != null) {
            throw deferred;
        }
        try {
            while (end == End.OPEN) {
                ByteBuffer record = nextRecord();
                if (!record.hasRemaining() && drained) {
                    fill(wait);
                    continue;
                }
                int direct = unwrap(record, b, off, len, responses);
                int n = direct > 0 ? direct : plaintext.take(b, off, len);
                if (n > 0) {
                    return n;
                }
            }
            return atEnd();
        } finally {
            trim();
        }
    }

    private int atEnd() throws TransportException {
        if (end == End.TRUNCATED) {
            throw new TransportException(
                    Stage.READ,
                    Reason.TRUNCATED,
                    "the peer ended the connection without close_notify: data may be missing");
        }
        return -1;
    }

    private ByteBuffer nextRecord() throws TransportException {
        ByteBuffer record = input.record(Stage.READ);
        if (asksToRenegotiate(record)) {
            throw TransportException.violation(Stage.READ, "the peer requested a renegotiation");
        }
        return record;
    }

    private boolean asksToRenegotiate(ByteBuffer record) {
        return tls12 && record.hasRemaining() && RecordHeader.type(record) == RecordHeader.HANDSHAKE;
    }

    private void fill(ReadWait wait) throws TransportException {
        trim();
        if (!input.fill(wait.soTimeout(), Stage.READ)) {
            end = End.TRUNCATED;
            if (alertSuspected) {
                throwHeldBackFailure();
            }
        }
    }

    private void throwHeldBackFailure() throws TransportException {
        SSLException failure = new ForcedAlert(engine).forAnyRecord();
        if (failure != null) {
            throw TransportFailures.of(Stage.READ, failure);
        }
    }

    /** Unwraps a record, or nothing. Returns the number of bytes written straight to the caller's array. */
    private int unwrap(ByteBuffer record, byte[] b, int off, int len, Responses responses) throws TransportException {
        boolean hasRecord = record.hasRemaining();
        int length = hasRecord ? RecordHeader.fragmentLength(record) : 0;
        ByteBuffer room = plaintext.cleared();
        SSLEngineResult result;
        int direct = 0;
        try {
            if (len >= LARGE) {
                ByteBuffer large = ByteBuffer.wrap(b, off, len);
                target[0] = large;
                target[1] = room;
                result = engine.unwrap(record, target);
                direct = large.position() - off;
            } else {
                result = engine.unwrap(record, room);
            }
        } catch (SSLException e) {
            throw TransportFailures.of(Stage.READ, e);
        } finally {
            target[0] = NOTHING;
            target[1] = NOTHING;
            room.flip();
        }
        drained = hasRecord
                ? result.bytesProduced() > 0 && result.getStatus() == Status.OK && !record.hasRemaining()
                : result.bytesProduced() == 0;
        process(result, hasRecord, length, responses);
        return direct;
    }

    private void process(SSLEngineResult result, boolean hasRecord, int length, Responses responses)
            throws TransportException {
        EngineTasks.run(engine, result);
        boolean data = result.bytesProduced() > 0;
        boolean needsWrap = result.getHandshakeStatus() == HandshakeStatus.NEED_WRAP;
        if (data) {
            receivedData = true;
            emptyRecords.reset();
        } else if (hasRecord) {
            emptyRecords.add(length);
        }
        if (result.getStatus() == Status.CLOSED && engine.isInboundDone()) {
            end = End.CLEAN;
        } else if (hasRecord && result.bytesConsumed() == 0 && !data) {
            throw new TransportException(Stage.READ, Reason.TLS, "the engine rejected a record: " + result.getStatus());
        }
        if (hasRecord) {
            alertSuspected =
                    needsWrap && !data && end == End.OPEN && engine.getHandshakeStatus() != HandshakeStatus.NEED_WRAP;
        }
        if (needsWrap) {
            gatherResponses(responses, data);
        }
    }

    private void gatherResponses(Responses responses, boolean delivering) throws TransportException {
        try {
            responses.gather();
        } catch (TransportException e) {
            if (!delivering) {
                throw e;
            }
            deferred = e;
        }
    }

    /** The engine's responses to the peer's requests. */
    interface Responses {
        /** Wraps and keeps the responses, to be written later. Never waits. */
        void gather() throws TransportException;
    }

    /** Makes the engine raise an alert for the record that was rejected here. */
    void forceAlert() {
        ForcedAlert alert = new ForcedAlert(engine);
        ByteBuffer refused = input.remaining();
        try {
            if (RecordHeader.isOverlong(refused)) {
                alert.forOverlongRecord();
            } else if (asksToRenegotiate(refused)) {
                alert.forRenegotiation(refused);
            } else {
                alert.forUnexpectedRecord();
            }
        } catch (RuntimeException e) {
            // A failed engine has no alert.
        }
    }

    /** Makes the engine fail, so that it has an alert for a violation that the engine has not seen. */
    void provokeAlert() {
        new ForcedAlert(engine).forAnyRecord();
    }

    /** Decrypts what has arrived, and returns the number of decrypted bytes. A failure is deferred to the next read. */
    int available(Responses responses) {
        try {
            while (decrypted() == 0 && end == End.OPEN && deferred == null && unwrapArrived(responses)) {
                // The record had no data.
            }
        } catch (TransportException e) {
            if (e.reason() != Reason.TIMEOUT) {
                deferred = e;
            }
        } finally {
            trim();
        }
        return decrypted();
    }

    /** Returns false if no complete record has arrived. */
    private boolean unwrapArrived(Responses responses) throws TransportException {
        ByteBuffer record = nextRecord();
        if (!record.hasRemaining()) {
            return wire.available() > 0 && input.fill(NO_WAIT, Stage.READ);
        }
        unwrap(record, NO_BYTES, 0, 0, responses);
        return true;
    }

    /** The number of decrypted bytes that were not read. */
    int decrypted() {
        return plaintext.size();
    }

    /** Returns bytes that are already decrypted, or -1. */
    int takeDecrypted(byte[] b, int off, int len) {
        int n = plaintext.take(b, off, len);
        return n > 0 ? n : -1;
    }

    /** Whether unread bytes may have arrived, so that closing the socket would reset the connection. */
    boolean hasUnread() {
        return end == End.OPEN && (decrypted() > 0 || input.available() > 0);
    }

    boolean isEnded() {
        return end != End.OPEN;
    }

    boolean receivedData() {
        return receivedData;
    }

    /** Releases an empty buffer, so that a waiting read holds none. */
    void trim() {
        plaintext.trim();
    }

    /** Releases all buffers, and discards their bytes. */
    void release() {
        plaintext.release();
        input.release();
    }
}
