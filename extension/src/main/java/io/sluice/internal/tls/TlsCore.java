package io.sluice.internal.tls;

import io.sluice.internal.engine.EngineAdapter;
import io.sluice.internal.tls.TlsDetails.PeerReview;
import io.sluice.internal.tls.TransportException.Reason;
import io.sluice.internal.tls.TransportException.Stage;
import io.sluice.internal.tls.hello.Negotiation;
import java.nio.ByteBuffer;
import java.security.cert.CertificateException;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * The state of one TLS connection, without I/O. A driver puts the peer's bytes into {@link Inbound#records}, sends the bytes of {@link
 * Outbound#ciphertext}, and is told what is needed next. There is no socket, no lock and no clock here, so the same state serves a driver
 * that blocks and one that waits for readiness.
 *
 * <p>Not thread-safe. After the handshake, one thread may receive while another one sends, with the lock that {@link Outbound} asks for.
 */
public final class TlsCore {

    /** An engine may occasionally have nothing to do, but not repeatedly. */
    private static final int FUTILE = 16;

    /**
     * The number of records that a peer may send in a handshake. It suffices for 128 KiB in fragments of 512 bytes, the smallest size that
     * a peer may request (RFC 6066, 4), and so for any certificate chain that engines accept. One-byte records cost a peer nothing.
     */
    private static final int MAX_RECORDS = 256;

    private final EngineAdapter adapter;
    private final SSLEngine engine;
    private final Inbound in;
    private final Outbound out;
    private final PeerReview review;
    /** What the hellos say; null after the handshake. */
    private @Nullable Negotiation negotiation = new Negotiation();
    /** Null if there is nothing to check, or it is done. */
    private @Nullable AlpnCheck alpn;
    /** Null until the handshake has begun. */
    private @Nullable HandshakeStatus status;

    private boolean probed;
    private int futile;
    private int records;
    private volatile @Nullable TlsDetails details;

    /**
     * A connection whose handshake has not begun.
     *
     * @param adapter an engine for this connection only, with its mode and parameters set
     * @param buffers the memory for records
     * @param review what this side's context says about the peer
     */
    public TlsCore(EngineAdapter adapter, Buffers buffers, PeerReview review) {
        this.adapter = adapter;
        this.engine = adapter.engine();
        this.in = new Inbound(adapter, buffers);
        this.out = new Outbound(engine, buffers);
        this.review = review;
        this.alpn = AlpnCheck.of(adapter);
    }

    /**
     * Returns the receiving half.
     *
     * @return the half
     */
    public Inbound in() {
        return in;
    }

    /**
     * Returns the sending half.
     *
     * @return the half
     */
    public Outbound out() {
        return out;
    }

    /**
     * Returns the engine, as a key for data about it.
     *
     * @return the engine, which only this connection may use
     */
    public SSLEngine engine() {
        return engine;
    }

    /**
     * Returns the result of the handshake. Any thread may call this.
     *
     * @return the result; null until the handshake is complete
     */
    public @Nullable TlsDetails details() {
        return details;
    }

    /**
     * Does as much of the handshake as is possible. Nobody may receive or send meanwhile.
     *
     * @return {@link Need#NOTHING} if the handshake is complete, and its last flight is in {@link #out}; otherwise what is needed before
     *     this is called again
     * @throws TransportException if the handshake fails; {@link #failHandshake} then adds the alert
     */
    public Need handshake() throws TransportException {
        try {
            return advance();
        } catch (TransportException e) {
            throw e.reason() == Reason.TLS || e.reason() == Reason.PEER_ALERT ? withOffers(e) : e;
        } catch (RuntimeException e) {
            throw withOffers(EngineFailures.ofProvider(e));
        }
    }

    private TransportException withOffers(TransportException e) {
        try {
            return e.withOffers(NegotiationMismatch.of(adapter, in.records().allBytes()));
        } catch (RuntimeException failedEngine) {
            return e;
        }
    }

    private Need advance() throws TransportException {
        if (details != null) {
            return out.wrapOwn(Stage.HANDSHAKE);
        }
        HandshakeStatus now = status == null ? begin() : status;
        while (true) {
            switch (now) {
                case FINISHED, NOT_HANDSHAKING -> {
                    return complete();
                }
                case NEED_TASK -> {
                    status = now;
                    return Need.TASK;
                }
                case NEED_WRAP -> {
                    SSLEngineResult result = out.wrapHandshake();
                    if (result == null) {
                        status = now;
                        return Need.ROOM;
                    }
                    now = wrapped(result);
                }
                default -> {
                    ByteBuffer record = in.records().nextRecord(Stage.HANDSHAKE);
                    if (!record.hasRemaining() && probed) {
                        futile = 0;
                        probed = false;
                        status = now;
                        return Need.BYTES;
                    }
                    now = unwrap(record);
                }
            }
        }
    }

    private HandshakeStatus begin() throws TransportException {
        try {
            engine.beginHandshake();
            return engine.getHandshakeStatus();
        } catch (SSLException e) {
            throw EngineFailures.of(Stage.HANDSHAKE, e);
        }
    }

    /**
     * Runs the engine's tasks, when {@link Need#TASK} was reported.
     *
     * @throws TransportException if there is no end to them
     */
    public void runTasks() throws TransportException {
        try {
            requireProgress(EngineTasks.run(engine), HandshakeStatus.NEED_TASK);
            status = engine.getHandshakeStatus();
        } catch (RuntimeException e) {
            throw withOffers(EngineFailures.ofProvider(e));
        }
    }

    private HandshakeStatus wrapped(SSLEngineResult result) throws TransportException {
        if (result.getStatus() == Status.CLOSED) {
            throw TransportException.closedInHandshake();
        }
        if (!engine.getUseClientMode()) {
            ByteBuffer sent = out.wrapped(result);
            requireProtocol(sent);
            inspect(sent);
        }
        requireProgress(result.bytesProduced() > 0, HandshakeStatus.NEED_WRAP);
        return result.getHandshakeStatus();
    }

    /** Called with the server's first flight, before it is sent: the engine has found no other fault in the client's first message. */
    private void requireProtocol(ByteBuffer flight) throws TransportException {
        AlpnCheck check = alpn;
        if (check == null || !flight.hasRemaining()) {
            return;
        }
        alpn = null;
        TransportException refusal = check.refusal(flight);
        if (refusal != null) {
            out.sent(); // An alert takes its place.
            throw refusal;
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

    private HandshakeStatus unwrap(ByteBuffer record) throws TransportException {
        // Without a record, an engine may still be able to finish.
        probed = !record.hasRemaining();
        int alert = probed ? TlsAlert.NONE : RecordHeader.plainAlert(record);
        ByteBuffer seen = record.duplicate();
        SSLEngineResult result;
        try {
            result = in.unwrapHandshake(record);
        } catch (SSLException e) {
            throw EngineFailures.of(Stage.HANDSHAKE, e, alert);
        }
        if (!probed) {
            countRecord(result);
            if (result.bytesConsumed() > 0) {
                received(seen);
            }
        }
        if (result.getHandshakeStatus() == HandshakeStatus.FINISHED) {
            return HandshakeStatus.FINISHED;
        }
        if (result.getStatus() == Status.CLOSED) {
            throw TransportException.closedInHandshake();
        }
        return result.getHandshakeStatus();
    }

    private void countRecord(SSLEngineResult result) throws TransportException {
        requireProgress(result.bytesConsumed() > 0, HandshakeStatus.NEED_UNWRAP);
        if (result.bytesConsumed() > 0 && ++records > MAX_RECORDS) {
            throw ReceivedRecords.violation("more than " + MAX_RECORDS + " records");
        }
    }

    private void received(ByteBuffer record) {
        if (engine.getUseClientMode()) {
            inspect(record);
        } else if (alpn != null) {
            alpn.received(record);
        }
    }

    private void inspect(ByteBuffer sentByServer) {
        Negotiation reader = negotiation;
        if (reader != null) {
            RecordHeader.forEach(sentByServer, reader::record);
        }
    }

    private Need complete() throws TransportException {
        try {
            Negotiation read = negotiation;
            TlsDetails agreed = TlsDetails.of(engine, review, read == null ? new Negotiation() : read);
            requireCertificate(agreed);
            in.begin(agreed.protocol());
            negotiation = null;
            status = HandshakeStatus.FINISHED;
            details = agreed;
        } catch (CertificateException e) {
            throw new TransportException(Stage.HANDSHAKE, Reason.REFUSED, String.valueOf(e.getMessage()), e);
        }
        return out.wrapOwn(Stage.HANDSHAKE);
    }

    /** Not every engine asks whether the first handshake of a session had a certificate. */
    private void requireCertificate(TlsDetails agreed) throws CertificateException {
        if (!agreed.isClient()
                && engine.getNeedClientAuth()
                && agreed.peerCertificates().isEmpty()) {
            throw new CertificateException("the client has no certificate, but this server needs one"
                    + (agreed.resumed() ? "; it resumed a session" : ""));
        }
    }

    /**
     * Adds the alert of a failed handshake to {@link #out}.
     *
     * @param failure the failure
     */
    public void failHandshake(TransportException failure) {
        int alert = TlsAlert.ofHandshake(failure);
        if (failure.reason() != Reason.TLS) {
            if (out.isPlaintext()) {
                out.addInPlaintext(alert);
                return;
            }
            in.raiseAlert();
            adapter.heldBackFailure();
        }
        out.handshakeAlerts(alert);
    }

    /**
     * Adds the alert of a failure after the handshake to {@link #out}, and never close_notify, so that the peer can see that data may be
     * missing.
     *
     * @param reason the reason of the failure
     * @return {@link Need#ROOM} if the ciphertext must be sent before this is called again
     */
    public Need fail(Reason reason) {
        if (reason == Reason.PROTOCOL_ABUSE) {
            in.raiseAlert();
        }
        return out.alerts();
    }

    /** Releases the buffers and the engine. Called once, when nobody uses this connection any more. */
    public void release() {
        in.release();
        out.release();
        adapter.release();
    }
}
