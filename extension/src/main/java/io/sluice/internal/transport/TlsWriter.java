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

/** Wraps and writes: whole flights, one socket write each as far as they fit in the buffer. Used under the write lock. */
final class TlsWriter {
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    /** An engine may produce and consume nothing at times, but not again and again. */
    private static final int FUTILE = 16;

    private final SSLEngine engine;
    private final PushbackSocket wire;
    private final ClearRecords clear = new ClearRecords();
    private @Nullable ByteBuffer out;
    private boolean wrote;
    private final PendingWrites pending;
    private volatile @Nullable TransportException broken;

    TlsWriter(SSLEngine engine, PushbackSocket wire) {
        this.engine = engine;
        this.wire = wire;
        this.pending = new PendingWrites(engine, wire.pool());
    }

    /** Writes all of {@code source}, and what else the engine has to say. A close that waits for it does not cut it. */
    void write(ByteBuffer source, Timeout timeout, Termination termination) throws TransportException {
        refuseWhenBroken();
        try {
            int futile = 0;
            while (source.hasRemaining()) {
                termination.refuseIfFailed(Stage.WRITE);
                SSLEngineResult result = wrap(source, timeout, Stage.WRITE);
                if (result.getStatus() == Status.CLOSED && source.hasRemaining()) {
                    throw closed();
                }
                boolean progress = result.bytesConsumed() > 0 || result.bytesProduced() > 0;
                futile = progress ? 0 : futile + 1;
                if (futile > FUTILE) {
                    throw new TransportException(Stage.WRITE, Reason.TLS, "the engine takes no more data", null);
                }
            }
            wrote = true;
            wrapPending(timeout, Stage.WRITE);
            flush(timeout, Stage.WRITE);
        } catch (TransportException e) {
            flushBefore(e, timeout);
            throw e;
        } finally {
            release();
        }
    }

    /** What was wrapped counts for the peer: without it, an alert or close_notify behind it would be out of sequence. */
    private void flushBefore(TransportException failure, Timeout timeout) {
        try {
            flush(timeout, failure.stage());
        } catch (TransportException e) {
            failure.addSuppressed(e);
        }
    }

    private TransportException closed() {
        return engine.isInboundDone()
                ? new TransportException(Stage.WRITE, Reason.PEER_CLOSED, "the peer has closed the connection", null)
                : new TransportException(Stage.WRITE, Reason.CLOSED, "the output was shut down by this side", null);
    }

    /** Ends the output without a word, past the lock. */
    void abandon() {
        if (broken == null) {
            broken = new TransportException(Stage.WRITE, Reason.CLOSED, "the output was aborted by this side", null);
        }
    }

    private void refuseWhenBroken() throws TransportException {
        TransportException known = broken;
        if (known != null) {
            throw known.again();
        }
    }

    /** Writes what the engine wants to say of itself, such as the answer to a KeyUpdate. */
    void answer(Timeout timeout, Stage stage) throws TransportException {
        if (broken != null) {
            return;
        }
        try {
            wrapPending(timeout, stage);
            flush(timeout, stage);
        } catch (TransportException e) {
            flushBefore(e, timeout);
            throw e;
        } finally {
            release();
        }
    }

    /**
     * Keeps what the engine has to answer until the next write. Called by the reader, without the write lock: it never waits
     * for the socket. Returns how many bytes wait.
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

    /** Writes what was gathered. */
    void sendGathered(Timeout timeout, Stage stage) throws TransportException {
        if (broken != null) {
            return;
        }
        try {
            takeGathered(timeout, stage);
            flush(timeout, stage);
        } finally {
            release();
        }
    }

    private void takeGathered(Timeout timeout, Stage stage) throws TransportException {
        while (pending.moveTo(roomForPacket(timeout, stage))) {
            // As much as there was room for.
        }
    }

    private void wrapPending(Timeout timeout, Stage stage) throws TransportException {
        boolean more = engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP;
        int futile = 0;
        for (int i = 0; i < FUTILE && more; i++) {
            SSLEngineResult result = wrap(NOTHING, timeout, stage);
            futile = result.bytesProduced() > 0 ? 0 : futile + 1;
            if (futile == FUTILE) {
                throw new TransportException(stage, Reason.TLS, "the engine wants to write but produces nothing", null);
            }
            if (result.getStatus() == Status.CLOSED) {
                return;
            }
            more = result.bytesProduced() > 0 && result.getHandshakeStatus() == HandshakeStatus.NEED_WRAP
                    || engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP;
        }
    }

    /** Adds to the flight a piece of the handshake. */
    SSLEngineResult wrapHandshake(Timeout timeout) throws TransportException {
        SSLEngineResult result = wrap(NOTHING, timeout, Stage.HANDSHAKE);
        if (result.getStatus() == Status.CLOSED) {
            throw new TransportException(
                    Stage.HANDSHAKE, Reason.PEER_CLOSED, "the peer closed the connection during the handshake", null);
        }
        return result;
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

    /** Writes what was wrapped. A failure is remembered: the stream of records is torn. */
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

    /** Says close_notify, once. */
    void close(Timeout timeout, Stage stage) throws TransportException {
        if (broken != null) {
            return;
        }
        try {
            takeGathered(timeout, stage);
            engine.closeOutbound();
            for (int i = 0; i < FUTILE && !engine.isOutboundDone(); i++) {
                if (wrap(NOTHING, timeout, stage).bytesProduced() == 0) {
                    break;
                }
            }
            takeGathered(timeout, stage); // A reader that answered meanwhile has wrapped close_notify.
            flush(timeout, stage);
        } finally {
            release();
        }
    }

    /** After a failure: writes the alerts that the engine has for the peer. Engines throw before, after or between them. */
    void sendAlerts(Timeout timeout, Stage stage) throws TransportException {
        if (broken != null) {
            return;
        }
        try {
            wrapAlerts(timeout, stage);
            takeGathered(timeout, stage); // A reader that answered meanwhile has wrapped the alerts.
            flush(timeout, stage);
        } finally {
            release();
        }
    }

    private void wrapAlerts(Timeout timeout, Stage stage) throws TransportException {
        int futile = 0;
        for (int i = 0; i < FUTILE && futile < 2; i++) {
            int held = out == null ? 0 : out.position();
            wrapAlert(timeout, stage);
            futile = (out == null ? 0 : out.position()) == held ? futile + 1 : 0;
        }
    }

    /** Whether the peer can still read an alert in the clear. */
    boolean isPlaintext() {
        return clear.only();
    }

    /**
     * After a handshake that failed: writes the engine's alerts, or in the clear {@code ours} if there are none. {@code ours} also
     * replaces the engine's internal error if it says that the peer's message was malformed.
     */
    void sendRefusal(int ours, Timeout timeout, Stage stage) throws TransportException {
        if (broken != null) {
            return;
        }
        try {
            wrapAlerts(timeout, stage);
            if (out != null && ours == TlsAlert.DECODE_ERROR) {
                RecordHeader.replaceInternalError(out, ours);
            }
            flush(timeout, stage);
            if (clear.only() && !clear.endWithAlert()) {
                sendInPlaintext(RecordHeader.clearAlert(ours), timeout, stage);
            }
        } finally {
            release();
        }
    }

    private void wrapAlert(Timeout timeout, Stage stage) throws TransportException {
        try {
            wrapInOrder(NOTHING, timeout, stage);
        } catch (SSLException e) {
            // The failure is known; this is the engine's way to say it again.
        }
    }

    /** Writes a record of our own, in the clear. */
    void sendInPlaintext(byte[] record, Timeout timeout, Stage stage) throws TransportException {
        if (broken == null) {
            wire.write(record, 0, record.length, timeout, stage);
        }
    }

    boolean wroteData() {
        return wrote;
    }

    /** Gives the buffer back. Records that are lost with it tear the stream of records. */
    void release() {
        ByteBuffer buffer = out;
        if (buffer != null) {
            out = null;
            if (buffer.position() > 0 && broken == null) {
                broken = new TransportException(Stage.WRITE, Reason.TLS, "records that were made were not sent", null);
            }
            wire.pool().give(buffer);
        }
    }
}
