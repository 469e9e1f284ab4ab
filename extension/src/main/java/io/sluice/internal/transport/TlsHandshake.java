package io.sluice.internal.transport;

import io.sluice.internal.transport.TransportException.Reason;
import io.sluice.internal.transport.TransportException.Stage;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** One handshake, by one thread at a time that holds both locks. A wait that was too short loses nothing: it may be run again. */
final class TlsHandshake {
    /**
     * Taken before the other locks: who waits for the handshake must not wait for the read lock, which a reader keeps until data
     * comes.
     */
    private final ReentrantLock turn = new ReentrantLock();

    /** An engine may have nothing to do at times, but not again and again. */
    private static final int FUTILE = 16;

    /**
     * The number of records that a peer may send in a handshake. It is enough for 128 KiB in fragments of 512 bytes, the smallest that
     * a peer may ask for (RFC 6066, 4), and so for any chain of certificates that engines accept. One-byte records cost a peer nothing.
     */
    private static final int MAX_RECORDS = 256;

    private final SSLEngine engine;
    private final PushbackSocket wire;
    private final TlsReader reader;
    private final TlsWriter writer;
    private final Function<SSLEngine, Optional<?>> notes;
    private boolean begun;
    private boolean probed;
    private int futile;
    private int records;
    private Deadline deadline = Deadline.NEVER;
    private Timeout timeout = Deadline.NEVER;
    /** The watch ends the connection at the deadline, so that a wait needs no timeout of its own. */
    private boolean watched;

    TlsHandshake(
            SSLEngine engine,
            PushbackSocket wire,
            TlsReader reader,
            TlsWriter writer,
            Function<SSLEngine, Optional<?>> notes) {
        this.engine = engine;
        this.wire = wire;
        this.reader = reader;
        this.writer = writer;
        this.notes = notes;
    }

    ReentrantLock turn() {
        return turn;
    }

    /**
     * Waits for the peer's bytes until the deadline, and for the socket to take ours as long as timeout lasts.
     *
     * @param last whether the connection ends with a deadline that is missed; else it can go on
     */
    TlsDetails run(Deadline until, Timeout forWrites, boolean last) throws TransportException {
        deadline = until;
        timeout = forWrites;
        watched = last && wire.endsWhenClosed();
        try {
            return complete();
        } catch (TransportException e) {
            throw e.reason() == Reason.TLS || e.reason() == Reason.PEER_ALERT ? withOffers(e) : e;
        } catch (RuntimeException e) {
            throw TransportFailures.ofProvider(e);
        }
    }

    private TransportException withOffers(TransportException e) {
        try {
            return e.with(
                    NegotiationMismatch.of(engine, PeerHello.in(reader.input().fromTheFirst())));
        } catch (RuntimeException failedEngine) {
            return e;
        }
    }

    private TlsDetails complete() throws TransportException {
        begin();
        HandshakeStatus status = engine.getHandshakeStatus();
        while (status != HandshakeStatus.FINISHED && status != HandshakeStatus.NOT_HANDSHAKING) {
            wire.refuseWhenClosed(Stage.HANDSHAKE);
            refuseWhenLate();
            status = step(status);
        }
        TlsDetails details = TlsDetails.of(engine, notes);
        reader.begin(details.protocol());
        sayTheRest();
        return details;
    }

    private void begin() throws TransportException {
        if (begun) {
            return;
        }
        begun = true;
        try {
            engine.beginHandshake();
        } catch (SSLException e) {
            throw TransportFailures.of(Stage.HANDSHAKE, e);
        }
    }

    private HandshakeStatus step(HandshakeStatus status) throws TransportException {
        switch (status) {
            case NEED_TASK -> {
                progress(EngineTasks.run(engine), status);
                return engine.getHandshakeStatus();
            }
            case NEED_WRAP -> {
                SSLEngineResult result = writer.wrapHandshake(timeout);
                progress(result.bytesProduced() > 0, status);
                return result.getHandshakeStatus();
            }
            default -> {
                return unwrap();
            }
        }
    }

    private void refuseWhenLate() throws TransportException {
        if (deadline.passed()) {
            writer.flush(timeout, Stage.HANDSHAKE);
            throw late(deadline, null);
        }
    }

    private void progress(boolean made, HandshakeStatus wanted) throws TransportException {
        futile = made ? 0 : futile + 1;
        if (futile > FUTILE) {
            throw new TransportException(
                    Stage.HANDSHAKE,
                    Reason.TLS,
                    "TLS failed: the engine (" + engine.getClass().getName() + ") keeps reporting " + wanted
                            + " and makes no progress",
                    null);
        }
    }

    /** Tickets, and the last flight. A peer that has gone after its own last flight may have left data behind. */
    private void sayTheRest() throws TransportException {
        try {
            writer.answer(timeout, Stage.HANDSHAKE);
        } catch (TransportException e) {
            if (e.reason() != Reason.RESET && e.reason() != Reason.PEER_CLOSED) {
                throw e;
            }
        }
    }

    private HandshakeStatus unwrap() throws TransportException {
        ByteBuffer record = reader.input().record(Stage.HANDSHAKE);
        if (!record.hasRemaining() && probed) {
            receive();
            futile = 0;
            probed = false;
            return HandshakeStatus.NEED_UNWRAP;
        }
        // Without a record, an engine may still be about to finish with what it has.
        probed = !record.hasRemaining();
        int alert = probed ? TlsAlert.NONE : RecordHeader.plainAlert(record);
        SSLEngineResult result = unwrap(record, alert);
        if (!probed) {
            count(result);
        }
        if (result.getHandshakeStatus() == HandshakeStatus.FINISHED) {
            return HandshakeStatus.FINISHED;
        }
        if (result.getStatus() == Status.CLOSED) {
            throw gone();
        }
        return result.getHandshakeStatus() == HandshakeStatus.NOT_HANDSHAKING
                ? HandshakeStatus.FINISHED
                : result.getHandshakeStatus();
    }

    private void count(SSLEngineResult result) throws TransportException {
        progress(result.bytesConsumed() > 0, HandshakeStatus.NEED_UNWRAP);
        if (result.bytesConsumed() > 0 && ++records > MAX_RECORDS) {
            throw RecordReader.violation("more than " + MAX_RECORDS + " records");
        }
    }

    private SSLEngineResult unwrap(ByteBuffer record, int alert) throws TransportException {
        try {
            return reader.unwrapHandshake(record);
        } catch (SSLException e) {
            throw TransportFailures.of(Stage.HANDSHAKE, e, alert);
        }
    }

    private void receive() throws TransportException {
        // What has arrived already may add to our flight, so that it leaves in one piece.
        if (reader.input().mustWait()) {
            writer.flush(timeout, Stage.HANDSHAKE);
            writer.release();
        }
        reader.trim();
        refuseWhenLate();
        boolean any;
        try {
            any = watched ? fillWatched() : fill(deadline.soTimeout());
        } catch (TransportException e) {
            throw e.reason() == Reason.TIMEOUT ? late(deadline, e.getCause()) : e;
        }
        if (wire.stalled()) {
            throw late(deadline, null);
        }
        if (!any) {
            throw gone();
        }
    }

    private boolean fillWatched() throws TransportException {
        wire.watch(deadline);
        try {
            return fill(0);
        } finally {
            wire.unwatch();
        }
    }

    private boolean fill(int timeout) throws TransportException {
        return reader.input().fill(timeout, Stage.HANDSHAKE);
    }

    private static TransportException gone() {
        return new TransportException(
                Stage.HANDSHAKE, Reason.PEER_CLOSED, "the peer closed the connection during the handshake", null);
    }

    static TransportException late(Deadline missed, @Nullable Throwable cause) {
        return new TransportException(
                Stage.HANDSHAKE,
                Reason.TIMEOUT,
                "the handshake was not done within its deadline of " + missed.limit(),
                cause);
    }
}
