package io.sluice.internal.transport;

import io.sluice.internal.transport.TlsDetails.PeerReview;
import io.sluice.internal.transport.TransportException.Reason;
import io.sluice.internal.transport.TransportException.Stage;
import io.sluice.internal.transport.hello.Resumption;
import java.nio.ByteBuffer;
import java.security.cert.CertificateException;
import java.util.concurrent.locks.ReentrantLock;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** One handshake. One thread at a time runs it, under both locks. After a timeout nothing is lost: it may be run again. */
final class TlsHandshake {
    /**
     * Acquired before the other locks. A thread that waits for the handshake must not wait for the read lock, which a reader holds until
     * data arrives.
     */
    private final ReentrantLock mutex = new ReentrantLock();

    /** An engine may occasionally have nothing to do, but not repeatedly. */
    private static final int FUTILE = 16;

    /**
     * The number of records that a peer may send in a handshake. It suffices for 128 KiB in fragments of 512 bytes, the smallest size that
     * a peer may request (RFC 6066, 4), and so for any certificate chain that engines accept. One-byte records cost a peer nothing.
     */
    private static final int MAX_RECORDS = 256;

    private final SSLEngine engine;
    private final PushbackSocket wire;
    private final TlsReader reader;
    private final TlsWriter writer;
    private final PeerReview review;
    private final Resumption resumption = new Resumption();
    private boolean begun;
    private boolean probed;
    private int futile;
    private int records;
    private Deadline deadline = Deadline.NEVER;
    private Timeout timeout = Deadline.NEVER;
    /** The watchdog ends the connection at the deadline, so that a wait needs no timeout of its own. */
    private boolean watched;

    TlsHandshake(SSLEngine engine, PushbackSocket wire, TlsReader reader, TlsWriter writer, PeerReview review) {
        this.engine = engine;
        this.wire = wire;
        this.reader = reader;
        this.writer = writer;
        this.review = review;
    }

    ReentrantLock mutex() {
        return mutex;
    }

    /**
     * Waits for the peer's bytes until the deadline, and for writes within their own timeout.
     *
     * @param last whether a missed deadline ends the connection; otherwise the handshake can continue
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
            return e.withOffers(NegotiationMismatch.of(engine, reader.input().allBytes()));
        } catch (RuntimeException failedEngine) {
            return e;
        }
    }

    private TlsDetails complete() throws TransportException {
        begin();
        HandshakeStatus status = engine.getHandshakeStatus();
        while (status != HandshakeStatus.FINISHED && status != HandshakeStatus.NOT_HANDSHAKING) {
            wire.requireOpen(Stage.HANDSHAKE);
            requireTimeLeft();
            status = step(status);
        }
        TlsDetails details = details();
        reader.begin(details.protocol());
        sendLastFlight();
        return details;
    }

    private TlsDetails details() throws TransportException {
        try {
            return TlsDetails.of(engine, review, resumption.resumed());
        } catch (CertificateException e) {
            throw new TransportException(Stage.HANDSHAKE, Reason.REFUSED, String.valueOf(e.getMessage()), e);
        }
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
                requireProgress(EngineTasks.run(engine), status);
                return engine.getHandshakeStatus();
            }
            case NEED_WRAP -> {
                SSLEngineResult result = writer.wrapHandshake(timeout);
                if (!engine.getUseClientMode()) {
                    RecordHeader.forEach(writer.wrapped(result), resumption::record);
                }
                requireProgress(result.bytesProduced() > 0, status);
                return result.getHandshakeStatus();
            }
            default -> {
                return unwrap();
            }
        }
    }

    private void requireTimeLeft() throws TransportException {
        if (deadline.passed()) {
            writer.flush(timeout, Stage.HANDSHAKE);
            throw deadlineMissed(deadline, null);
        }
    }

    private void requireProgress(boolean made, HandshakeStatus wanted) throws TransportException {
        futile = made ? 0 : futile + 1;
        if (futile > FUTILE) {
            throw new TransportException(
                    Stage.HANDSHAKE,
                    Reason.TLS,
                    "TLS failed: the engine (" + engine.getClass().getName() + ") keeps reporting " + wanted
                            + " and makes no progress");
        }
    }

    /** Sends the last flight and the tickets. A peer that has left after its own last flight may have sent data before. */
    private void sendLastFlight() throws TransportException {
        try {
            writer.writePending(timeout, Stage.HANDSHAKE);
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
        // Without a record, an engine may still be able to finish.
        probed = !record.hasRemaining();
        int alert = probed ? TlsAlert.NONE : RecordHeader.plainAlert(record);
        ByteBuffer seen = record.duplicate();
        SSLEngineResult result = unwrap(record, alert);
        if (!probed) {
            countRecord(result);
            inspect(seen, result);
        }
        if (result.getHandshakeStatus() == HandshakeStatus.FINISHED) {
            return HandshakeStatus.FINISHED;
        }
        if (result.getStatus() == Status.CLOSED) {
            throw TransportException.closedInHandshake();
        }
        return result.getHandshakeStatus() == HandshakeStatus.NOT_HANDSHAKING
                ? HandshakeStatus.FINISHED
                : result.getHandshakeStatus();
    }

    private void inspect(ByteBuffer record, SSLEngineResult result) {
        if (engine.getUseClientMode() && result.bytesConsumed() > 0) {
            RecordHeader.forEach(record, resumption::record);
        }
    }

    private void countRecord(SSLEngineResult result) throws TransportException {
        requireProgress(result.bytesConsumed() > 0, HandshakeStatus.NEED_UNWRAP);
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
        // What has already arrived may add to this side's flight, so that it leaves in one write.
        if (reader.input().mustWait()) {
            writer.flush(timeout, Stage.HANDSHAKE);
            writer.release();
        }
        reader.trim();
        requireTimeLeft();
        boolean any;
        try {
            any = watched ? fillWatched() : fill(deadline.soTimeout());
        } catch (TransportException e) {
            throw e.reason() == Reason.TIMEOUT ? deadlineMissed(deadline, e.getCause()) : e;
        }
        if (wire.stalled()) {
            throw deadlineMissed(deadline, null);
        }
        if (!any) {
            throw TransportException.closedInHandshake();
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

    static TransportException deadlineMissed(Deadline missed, @Nullable Throwable cause) {
        return TransportException.timeout(
                Stage.HANDSHAKE, "the handshake did not complete within its deadline of " + missed.limit(), cause);
    }
}
