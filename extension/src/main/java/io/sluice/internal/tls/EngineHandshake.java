package io.sluice.internal.tls;

import io.sluice.internal.engine.EngineAdapter;
import io.sluice.internal.tls.TlsCore.Need;
import io.sluice.internal.tls.TlsDetails.PeerReview;
import io.sluice.internal.tls.TransportException.Reason;
import io.sluice.internal.tls.TransportException.Stage;
import io.sluice.internal.tls.hello.HelloCopy;
import io.sluice.internal.tls.hello.Negotiation;
import java.nio.ByteBuffer;
import java.security.cert.CertificateException;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** The steps of an engine's handshake, until the engine reports its end. Not thread-safe. */
final class EngineHandshake {

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
    /** What the hellos say. */
    private final Negotiation negotiation = new Negotiation();
    /** Null if there is nothing to check, or it is done. */
    private @Nullable AlpnCheck alpn;
    /** Null until the handshake has begun. */
    private @Nullable HandshakeStatus status;
    /** Null if nobody will explain the handshake. */
    private @Nullable HelloCopy hello;

    private boolean probed;
    private int futile;
    private int records;

    EngineHandshake(EngineAdapter adapter, Inbound in, Outbound out) {
        this.adapter = adapter;
        this.engine = adapter.engine();
        this.in = in;
        this.out = out;
        this.alpn = AlpnCheck.of(adapter);
    }

    /** Does as much as is possible. Returns {@link Need#NOTHING} if the engine is done. */
    Need advance() throws TransportException {
        HandshakeStatus now = status == null ? begin() : status;
        while (true) {
            switch (now) {
                case FINISHED, NOT_HANDSHAKING -> {
                    return Need.NOTHING;
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

    /** Keeps the client's first message. Called before the handshake begins. */
    void keepHello(HelloCopy copy) {
        hello = copy;
    }

    private void keep(ByteBuffer records) {
        HelloCopy copy = hello;
        if (copy != null && !copy.isComplete()) {
            RecordHeader.forEach(records, (type, fragment) -> {
                if (type == RecordHeader.HANDSHAKE) {
                    copy.add(fragment);
                }
            });
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

    void runTasks() throws TransportException {
        requireProgress(adapter.runTasks(), HandshakeStatus.NEED_TASK);
        status = engine.getHandshakeStatus();
    }

    private HandshakeStatus wrapped(SSLEngineResult result) throws TransportException {
        if (result.getStatus() == Status.CLOSED) {
            throw TransportException.closedInHandshake();
        }
        ByteBuffer sent = out.wrapped(result);
        if (engine.getUseClientMode()) {
            keep(sent);
        } else {
            requireProtocol(sent);
            RecordHeader.forEach(sent, negotiation::record);
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
        if (!engine.getUseClientMode()) {
            keep(seen);
        }
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

    private void received(ByteBuffer record) {
        if (engine.getUseClientMode()) {
            RecordHeader.forEach(record, negotiation::record);
        } else if (alpn != null) {
            alpn.received(record);
        }
    }

    private void countRecord(SSLEngineResult result) throws TransportException {
        requireProgress(result.bytesConsumed() > 0, HandshakeStatus.NEED_UNWRAP);
        if (result.bytesConsumed() > 0 && ++records > MAX_RECORDS) {
            throw ReceivedRecords.violation("more than " + MAX_RECORDS + " records");
        }
    }

    /** Returns what was agreed, if this side admits the peer. */
    TlsDetails details(PeerReview review) throws TransportException {
        try {
            TlsDetails agreed = TlsDetails.of(adapter, review, negotiation);
            requireCertificate(agreed);
            return agreed;
        } catch (CertificateException e) {
            throw new TransportException(Stage.HANDSHAKE, Reason.REFUSED, String.valueOf(e.getMessage()), e);
        }
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
}
