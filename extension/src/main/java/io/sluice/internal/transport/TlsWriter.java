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

/**
 * Encrypts and writes whole flights, with one socket write for each buffer. Not thread-safe: used under the write lock, except for {@link
 * #gather} and {@link #abort}.
 */
final class TlsWriter {
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    /** An engine may occasionally produce and consume nothing, but not repeatedly. */
    private static final int FUTILE = 16;

    private final SSLEngine engine;
    private final PushbackSocket wire;
    private final ClearRecords clear = new ClearRecords();
    private @Nullable ByteBuffer out;
    private boolean wroteData;
    private final PendingWrites pending;
    private volatile @Nullable TransportException broken;

    TlsWriter(SSLEngine engine, PushbackSocket wire) {
        this.engine = engine;
        this.wire = wire;
        this.pending = new PendingWrites(engine, wire.pool());
    }

    /** Writes all of {@code source}, and the engine's own records. A close that waits for this write does not cut it. */
    void write(ByteBuffer source, Timeout timeout, Termination termination) throws TransportException {
        requireIntact();
        try {
            int futile = 0;
            while (source.hasRemaining()) {
                termination.requireNotFailed(Stage.WRITE);
                SSLEngineResult result = wrap(source, timeout, Stage.WRITE);
                if (result.getStatus() == Status.CLOSED && source.hasRemaining()) {
                    throw closed();
                }
                boolean progress = result.bytesConsumed() > 0 || result.bytesProduced() > 0;
                futile = progress ? 0 : futile + 1;
                if (futile > FUTILE) {
                    throw new TransportException(Stage.WRITE, Reason.TLS, "the engine accepts no more data");
                }
            }
            wroteData = true;
            wrapPending(timeout, Stage.WRITE);
            flush(timeout, Stage.WRITE);
        } catch (TransportException e) {
            flushBefore(e, timeout);
            throw e;
        } finally {
            release();
        }
    }

    /** The peer counts the wrapped records: without them, a following alert or close_notify would be out of sequence. */
    private void flushBefore(TransportException failure, Timeout timeout) {
        try {
            flush(timeout, failure.stage());
        } catch (TransportException e) {
            failure.addSuppressed(e);
        }
    }

    private TransportException closed() {
        return engine.isInboundDone()
                ? new TransportException(Stage.WRITE, Reason.PEER_CLOSED, "the peer has closed the connection")
                : new TransportException(Stage.WRITE, Reason.CLOSED, "this side shut down the output");
    }

    /** Ends the output without close_notify, and without waiting for the lock. */
    void abort() {
        if (broken == null) {
            broken = new TransportException(Stage.WRITE, Reason.CLOSED, "this side aborted the output");
        }
    }

    private void requireIntact() throws TransportException {
        TransportException known = broken;
        if (known != null) {
            throw known.copy();
        }
    }

    /** Writes the engine's own records, such as the response to a KeyUpdate. */
    void writePending(Timeout timeout, Stage stage) throws TransportException {
        send(timeout, stage, () -> {
            try {
                wrapPending(timeout, stage);
            } catch (TransportException e) {
                flushBefore(e, timeout);
                throw e;
            }
        });
    }

    private interface Step {
        void run() throws TransportException;
    }

    /** Wraps records, writes them and releases the buffer. Does nothing after a failed write. */
    private void send(Timeout timeout, Stage stage, Step wrapping) throws TransportException {
        if (broken != null) {
            return;
        }
        try {
            wrapping.run();
            flush(timeout, stage);
        } finally {
            release();
        }
    }

    /**
     * Keeps the engine's responses until the next write. The reader calls this without the write lock, so it never waits for the
     * socket. Returns the number of pending bytes.
     */
    int gather(Stage stage) throws TransportException {
        try {
            int waiting = pending.gather();
            if (broken != null) {
                pending.drop();
                return 0;
            }
            return waiting;
        } catch (SSLException e) {
            throw TransportFailures.of(stage, e);
        }
    }

    /** Writes the gathered responses. */
    void sendGathered(Timeout timeout, Stage stage) throws TransportException {
        send(timeout, stage, () -> takeGathered(timeout, stage));
    }

    private void takeGathered(Timeout timeout, Stage stage) throws TransportException {
        while (pending.moveTo(roomForPacket(timeout, stage))) {
            // There may be more than fits.
        }
    }

    private void wrapPending(Timeout timeout, Stage stage) throws TransportException {
        boolean more = engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP;
        int futile = 0;
        for (int i = 0; i < FUTILE && more; i++) {
            SSLEngineResult result = wrap(NOTHING, timeout, stage);
            futile = result.bytesProduced() > 0 ? 0 : futile + 1;
            if (futile == FUTILE) {
                throw new TransportException(stage, Reason.TLS, "the engine wants to write but produces nothing");
            }
            if (result.getStatus() == Status.CLOSED) {
                return;
            }
            more = result.bytesProduced() > 0 && result.getHandshakeStatus() == HandshakeStatus.NEED_WRAP
                    || engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP;
        }
    }

    /** Adds a handshake message to the flight. */
    SSLEngineResult wrapHandshake(Timeout timeout) throws TransportException {
        SSLEngineResult result = wrap(NOTHING, timeout, Stage.HANDSHAKE);
        if (result.getStatus() == Status.CLOSED) {
            throw TransportException.closedInHandshake();
        }
        return result;
    }

    /** Returns the records that the last wrap has added. */
    ByteBuffer wrapped(SSLEngineResult last) {
        ByteBuffer buffer = out;
        return buffer == null ? NOTHING : buffer.duplicate().flip().position(buffer.position() - last.bytesProduced());
    }

    private SSLEngineResult wrap(ByteBuffer source, Timeout timeout, Stage stage) throws TransportException {
        try {
            SSLEngineResult result = wrapInOrder(source, timeout, stage);
            if (result.getStatus() == Status.BUFFER_OVERFLOW) {
                flush(timeout, stage);
                result = wrapInOrder(source, timeout, stage);
            }
            EngineTasks.run(engine, result);
            return result;
        } catch (SSLException e) {
            throw TransportFailures.of(stage, e);
        }
    }

    private SSLEngineResult wrapInOrder(ByteBuffer source, Timeout timeout, Stage stage)
            throws TransportException, SSLException {
        while (true) {
            SSLEngineResult result = pending.wrap(source, roomForPacket(timeout, stage));
            if (result != null) {
                return result;
            }
            takeGathered(timeout, stage);
        }
    }

    private ByteBuffer roomForPacket(Timeout timeout, Stage stage) throws TransportException {
        int packet = engine.getSession().getPacketBufferSize();
        ByteBuffer buffer = out;
        if (buffer == null) {
            buffer = wire.pool().take(packet);
            out = buffer;
        } else if (buffer.remaining() < packet) {
            flush(timeout, stage);
        }
        return buffer;
    }

    /** Writes what was wrapped. A failure is remembered, because the stream of records is incomplete. */
    void flush(Timeout timeout, Stage stage) throws TransportException {
        ByteBuffer buffer = out;
        if (buffer == null || buffer.position() == 0) {
            return;
        }
        try {
            clear.sending(buffer.flip());
            wire.write(buffer, timeout, stage);
        } catch (TransportException e) {
            if (broken == null) {
                broken = e;
            }
            throw broken;
        } finally {
            buffer.clear();
        }
    }

    /** Sends close_notify, once. */
    void close(Timeout timeout, Stage stage) throws TransportException {
        send(timeout, stage, () -> {
            takeGathered(timeout, stage);
            engine.closeOutbound();
            for (int i = 0; i < FUTILE && !engine.isOutboundDone(); i++) {
                if (wrap(NOTHING, timeout, stage).bytesProduced() == 0) {
                    break;
                }
            }
            takeGathered(timeout, stage); // A reader that gathered responses meanwhile has wrapped close_notify.
        });
    }

    /** Writes the engine's alerts after a failure. Engines throw before, after or between them. */
    void sendAlerts(Timeout timeout, Stage stage) throws TransportException {
        send(timeout, stage, () -> {
            wrapAlerts(timeout, stage);
            takeGathered(timeout, stage); // A reader that gathered responses meanwhile has wrapped the alerts.
        });
    }

    private void wrapAlerts(Timeout timeout, Stage stage) throws TransportException {
        int futile = 0;
        for (int i = 0; i < FUTILE && futile < 2; i++) {
            int held = out == null ? 0 : out.position();
            wrapAlert(timeout, stage);
            futile = (out == null ? 0 : out.position()) == held ? futile + 1 : 0;
        }
    }

    /** Whether the peer can still read a plaintext alert. */
    boolean isPlaintext() {
        return clear.only();
    }

    /**
     * Writes the engine's alerts after a failed handshake, or the alert {@code ours} in plaintext if there are none. If {@code ours} reports
     * a malformed message, it also replaces an internal_error of the engine.
     */
    void sendHandshakeAlerts(int ours, Timeout timeout, Stage stage) throws TransportException {
        send(timeout, stage, () -> {
            wrapAlerts(timeout, stage);
            if (out != null && ours == TlsAlert.DECODE_ERROR) {
                RecordHeader.replaceInternalError(out, ours);
            }
            flush(timeout, stage);
            if (clear.only() && !clear.endWithAlert()) {
                sendInPlaintext(RecordHeader.clearAlert(ours), timeout, stage);
            }
        });
    }

    private void wrapAlert(Timeout timeout, Stage stage) throws TransportException {
        try {
            wrapInOrder(NOTHING, timeout, stage);
        } catch (SSLException e) {
            // The failure is known: the engine only reports it again.
        }
    }

    /** Writes a plaintext record. */
    void sendInPlaintext(byte[] record, Timeout timeout, Stage stage) throws TransportException {
        if (broken == null) {
            wire.write(ByteBuffer.wrap(record), timeout, stage);
        }
    }

    boolean wroteData() {
        return wroteData;
    }

    /** Releases the buffer. If records are lost with it, no more can be written. */
    void release() {
        ByteBuffer buffer = out;
        if (buffer != null) {
            out = null;
            if (buffer.position() > 0 && broken == null) {
                broken = new TransportException(Stage.WRITE, Reason.TLS, "encrypted records were not sent");
            }
            wire.pool().release(buffer);
        }
    }
}
