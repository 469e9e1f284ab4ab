package io.sluice.internal.transport;

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
    void write(ByteBuffer source, Timeout patience, Termination ending) throws TransportException {
        refuseWhenBroken();
        try {
            int futile = 0;
            while (source.hasRemaining()) {
                ending.refuseIfFailed(Stage.WRITE);
                SSLEngineResult result = wrap(source, patience, Stage.WRITE);
                if (result.getStatus() == Status.CLOSED && source.hasRemaining()) {
                    throw closed();
                }
                boolean progress = result.bytesConsumed() > 0 || result.bytesProduced() > 0;
                futile = progress ? 0 : futile + 1;
                if (futile > FUTILE) {
                    throw new TransportException(Stage.WRITE, Fault.TLS, "the engine takes no more data", null);
                }
            }
            wrote = true;
            wrapPending(patience, Stage.WRITE);
            flush(patience, Stage.WRITE);
        } catch (TransportException e) {
            flushBefore(e, patience);
            throw e;
        } finally {
            release();
        }
    }

    /** What was wrapped counts for the peer: without it, an alert or close_notify behind it would be out of sequence. */
    private void flushBefore(TransportException failure, Timeout patience) {
        try {
            flush(patience, failure.stage());
        } catch (TransportException e) {
            failure.addSuppressed(e);
        }
    }

    private TransportException closed() {
        return engine.isInboundDone()
                ? new TransportException(Stage.WRITE, Fault.PEER_CLOSED, "the peer has closed the connection", null)
                : new TransportException(Stage.WRITE, Fault.CLOSED, "the output was shut down by this side", null);
    }

    /** Ends the output without a word, past the lock. */
    void abandon() {
        if (broken == null) {
            broken = new TransportException(Stage.WRITE, Fault.CLOSED, "the output was aborted by this side", null);
        }
    }

    private void refuseWhenBroken() throws TransportException {
        TransportException known = broken;
        if (known != null) {
            throw known.again();
        }
    }

    /** Writes what the engine wants to say of itself, such as the answer to a KeyUpdate. */
    void answer(Timeout patience, Stage stage) throws TransportException {
        if (broken != null) {
            return;
        }
        try {
            wrapPending(patience, stage);
            flush(patience, stage);
        } catch (TransportException e) {
            flushBefore(e, patience);
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
            throw EngineExceptions.of(stage, e);
        }
    }

    /** Writes what was gathered. */
    void sendGathered(Timeout patience, Stage stage) throws TransportException {
        if (broken != null) {
            return;
        }
        try {
            takeGathered(patience, stage);
            flush(patience, stage);
        } finally {
            release();
        }
    }

    private void takeGathered(Timeout patience, Stage stage) throws TransportException {
        while (pending.moveTo(roomForPacket(patience, stage))) {
            // As much as there was room for.
        }
    }

    private void wrapPending(Timeout patience, Stage stage) throws TransportException {
        boolean more = engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP;
        int futile = 0;
        for (int i = 0; i < FUTILE && more; i++) {
            SSLEngineResult result = wrap(NOTHING, patience, stage);
            futile = result.bytesProduced() > 0 ? 0 : futile + 1;
            if (futile == FUTILE) {
                throw new TransportException(stage, Fault.TLS, "the engine wants to write but produces nothing", null);
            }
            if (result.getStatus() == Status.CLOSED) {
                return;
            }
            more = result.bytesProduced() > 0 && result.getHandshakeStatus() == HandshakeStatus.NEED_WRAP
                    || engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP;
        }
    }

    /** Adds to the flight a piece of the handshake. */
    SSLEngineResult wrapHandshake(Timeout patience) throws TransportException {
        SSLEngineResult result = wrap(NOTHING, patience, Stage.HANDSHAKE);
        if (result.getStatus() == Status.CLOSED) {
            throw new TransportException(
                    Stage.HANDSHAKE, Fault.PEER_CLOSED, "the peer closed the connection during the handshake", null);
        }
        return result;
    }

    private SSLEngineResult wrap(ByteBuffer source, Timeout patience, Stage stage) throws TransportException {
        try {
            SSLEngineResult result = wrapInOrder(source, patience, stage);
            if (result.getStatus() == Status.BUFFER_OVERFLOW) {
                flush(patience, stage);
                result = wrapInOrder(source, patience, stage);
            }
            EngineTasks.run(engine, result);
            return result;
        } catch (SSLException e) {
            throw EngineExceptions.of(stage, e);
        }
    }

    private SSLEngineResult wrapInOrder(ByteBuffer source, Timeout patience, Stage stage)
            throws TransportException, SSLException {
        while (true) {
            SSLEngineResult result = pending.wrap(source, roomForPacket(patience, stage));
            if (result != null) {
                return result;
            }
            takeGathered(patience, stage);
        }
    }

    private ByteBuffer roomForPacket(Timeout patience, Stage stage) throws TransportException {
        int packet = engine.getSession().getPacketBufferSize();
        ByteBuffer buffer = out;
        if (buffer == null) {
            buffer = wire.pool().take(packet);
            out = buffer;
        } else if (buffer.remaining() < packet) {
            flush(patience, stage);
        }
        return buffer;
    }

    /** Writes what was wrapped. A failure is remembered: the stream of records is torn. */
    void flush(Timeout patience, Stage stage) throws TransportException {
        ByteBuffer buffer = out;
        if (buffer == null || buffer.position() == 0) {
            return;
        }
        try {
            clear.sending(buffer.flip());
            wire.write(buffer, patience, stage);
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
    void close(Timeout patience, Stage stage) throws TransportException {
        if (broken != null) {
            return;
        }
        try {
            takeGathered(patience, stage);
            engine.closeOutbound();
            for (int i = 0; i < FUTILE && !engine.isOutboundDone(); i++) {
                if (wrap(NOTHING, patience, stage).bytesProduced() == 0) {
                    break;
                }
            }
            takeGathered(patience, stage); // A reader that answered meanwhile has wrapped close_notify.
            flush(patience, stage);
        } finally {
            release();
        }
    }

    /** After a failure: writes the alerts that the engine has for the peer. Engines throw before, after or between them. */
    void sayAlerts(Timeout patience, Stage stage) throws TransportException {
        if (broken != null) {
            return;
        }
        try {
            wrapAlerts(patience, stage);
            takeGathered(patience, stage); // A reader that answered meanwhile has wrapped the alerts.
            flush(patience, stage);
        } finally {
            release();
        }
    }

    private void wrapAlerts(Timeout patience, Stage stage) throws TransportException {
        int futile = 0;
        for (int i = 0; i < FUTILE && futile < 2; i++) {
            int held = out == null ? 0 : out.position();
            wrapAlert(patience, stage);
            futile = (out == null ? 0 : out.position()) == held ? futile + 1 : 0;
        }
    }

    /** Whether the peer can still read an alert in the clear. */
    boolean inTheClear() {
        return clear.only();
    }

    /**
     * After a handshake that failed: writes the engine's alerts, or in the clear {@code ours} if there are none. {@code ours} also
     * replaces the engine's internal error if it says that the peer's message was malformed.
     */
    void sayRefusal(int ours, Timeout patience, Stage stage) throws TransportException {
        if (broken != null) {
            return;
        }
        try {
            wrapAlerts(patience, stage);
            if (out != null && ours == RefusalAlert.DECODE_ERROR) {
                RecordHeader.replaceInternalError(out, ours);
            }
            flush(patience, stage);
            if (clear.only() && !clear.endWithAlert()) {
                sayClearly(RecordHeader.clearAlert(ours), patience, stage);
            }
        } finally {
            release();
        }
    }

    private void wrapAlert(Timeout patience, Stage stage) throws TransportException {
        try {
            wrapInOrder(NOTHING, patience, stage);
        } catch (SSLException e) {
            // The failure is known; this is the engine's way to say it again.
        }
    }

    /** Writes a record of our own, in the clear. */
    void sayClearly(byte[] record, Timeout patience, Stage stage) throws TransportException {
        if (broken == null) {
            wire.write(record, 0, record.length, patience, stage);
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
                broken = new TransportException(Stage.WRITE, Fault.TLS, "records that were made were not sent", null);
            }
            wire.pool().give(buffer);
        }
    }
}
