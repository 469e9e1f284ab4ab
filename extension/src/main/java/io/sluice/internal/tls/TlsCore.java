package io.sluice.internal.tls;

import io.sluice.internal.engine.EngineAdapter;
import io.sluice.internal.tls.TlsDetails.PeerReview;
import io.sluice.internal.tls.TransportException.Reason;
import io.sluice.internal.tls.TransportException.Stage;
import io.sluice.internal.tls.hello.HelloCopy;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLEngine;
import org.jspecify.annotations.Nullable;

/**
 * The state of one TLS connection, without I/O. A driver puts the peer's bytes into {@link Inbound#records}, sends the bytes of {@link
 * Outbound#ciphertext}, and is told what is needed next. There is no socket, no lock and no clock here, so the same state serves a driver
 * that blocks and one that waits for readiness.
 *
 * <p>Not thread-safe. After the handshake, one thread may receive while another one sends, with the lock that {@link Outbound} asks for.
 */
public final class TlsCore {

    /** What a connection needs from its driver before it can go on. */
    public enum Need {
        /** More bytes of the peer. What is waiting to be sent must be sent first, because the peer may wait for it. */
        BYTES,
        /** Room for more ciphertext: what is waiting must be sent first. */
        ROOM,
        /** The engine's tasks must be run, which costs time. */
        TASK,
        /** Nothing. The step is complete. */
        NOTHING
    }

    private final EngineAdapter adapter;
    private final Inbound in;
    private final Outbound out;
    private final PeerReview review;
    /** Null after the handshake. */
    private @Nullable EngineHandshake handshake;
    /** The client's first message; null if nobody will explain the handshake, and after it. */
    private @Nullable HelloCopy hello;

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
        EngineCalls calls = new EngineCalls(adapter, buffers);
        this.in = new Inbound(adapter, calls, buffers);
        this.out = new Outbound(adapter, calls, buffers);
        this.review = review;
        this.handshake = new EngineHandshake(adapter, in, out);
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
        return adapter.engine();
    }

    /**
     * Returns the result of the handshake. Any thread may call this.
     *
     * @return the result; null until the handshake is complete
     */
    public @Nullable TlsDetails details() {
        return details;
    }

    /** Keeps the client's first message until {@link #takeHello}. Called before the handshake. */
    public void keepHello() {
        EngineHandshake current = handshake;
        if (current != null && hello == null) {
            hello = new HelloCopy();
            current.keepHello(hello);
        }
    }

    /**
     * Returns the client's first message, and forgets it. Called by the thread that runs the handshake, when it is complete.
     *
     * @return the message with its header, which may be empty; null if it was not kept
     */
    public @Nullable ByteBuffer takeHello() {
        HelloCopy kept = hello;
        hello = null;
        return kept == null ? null : kept.message();
    }

    /**
     * Returns what is known about a handshake that has just failed. Called by the thread that runs it, before the engine is released.
     *
     * @return the evidence; null if the engine cannot tell any more
     */
    public @Nullable HandshakeEvidence evidence() {
        try {
            return HandshakeEvidence.of(adapter, takeHello(), in.records());
        } catch (RuntimeException failedEngine) {
            return null;
        }
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
            EngineHandshake current = handshake;
            if (current != null) {
                Need need = current.advance();
                if (need != Need.NOTHING) {
                    return need;
                }
                complete(current);
            }
            return out.wrapOwn(Stage.HANDSHAKE);
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

    private void complete(EngineHandshake current) throws TransportException {
        TlsDetails agreed = current.details(review);
        in.begin(agreed.protocol());
        handshake = null;
        details = agreed;
    }

    /**
     * Runs the engine's tasks, when {@link Need#TASK} was reported.
     *
     * @throws TransportException if there is no end to them
     */
    public void runTasks() throws TransportException {
        EngineHandshake current = handshake;
        if (current == null) {
            return;
        }
        try {
            current.runTasks();
        } catch (RuntimeException e) {
            throw withOffers(EngineFailures.ofProvider(e));
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
            if (out.addInPlaintext(alert)) {
                return;
            }
            raiseAlert();
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
            raiseAlert();
        }
        return out.alerts();
    }

    /** Makes the engine raise an alert for the record that was rejected here. */
    private void raiseAlert() {
        try {
            adapter.raiseAlert(in.records().violation(), in.records().remaining());
        } catch (RuntimeException e) {
            // A failed engine has no alert.
        }
    }

    /** Releases the buffers and the engine. Called once, when nobody uses this connection any more. */
    public void release() {
        in.release();
        out.release();
        adapter.release();
    }
}
