package io.sluice.internal.tls;

import io.sluice.internal.engine.EngineAdapter;
import io.sluice.internal.tls.TlsCore.Need;
import io.sluice.internal.tls.TransportException.Reason;
import io.sluice.internal.tls.TransportException.Stage;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * The sending half of a connection: encrypts data, and keeps the ciphertext of a whole flight until the driver has sent it. Not
 * thread-safe. A driver needs one lock around every call that encrypts, and another one so that ciphertext is sent in order; {@link
 * #respond} needs only the first, so that a thread that receives never waits for a socket.
 */
public final class Outbound {
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    /** An engine may occasionally produce and consume nothing, but not repeatedly. */
    private static final int FUTILE = 16;

    /** The smallest buffer for responses: one KeyUpdate. */
    private static final int RESPONSE = 64;

    private final EngineAdapter adapter;
    private final SSLEngine engine;
    private final EngineCalls calls;
    private final Buffers buffers;
    private final Flight flight;
    private boolean wroteData;
    /** Wrapped responses to the peer, which the next write sends before its data (RFC 8446, 4.6.3). Filled up to its position. */
    private @Nullable ByteBuffer responses;

    Outbound(EngineAdapter adapter, EngineCalls calls, Buffers buffers) {
        this.adapter = adapter;
        this.engine = adapter.engine();
        this.calls = calls;
        this.buffers = buffers;
        this.flight = new Flight(engine, buffers);
    }

    /**
     * Encrypts data, and what the engine itself has to send.
     *
     * @param source the data; its position moves
     * @return {@link Need#ROOM} if the ciphertext must be sent before this is called again; {@link Need#NOTHING} if all is encrypted
     * @throws TransportException if the output has ended, or TLS fails
     */
    public Need encrypt(ByteBuffer source) throws TransportException {
        if (!takeResponses()) {
            return Need.ROOM;
        }
        int futile = 0;
        while (source.hasRemaining()) {
            SSLEngineResult result = wrap(source, Stage.WRITE);
            if (result == null) {
                return Need.ROOM;
            }
            if (result.getStatus() == Status.CLOSED && source.hasRemaining()) {
                throw ended();
            }
            futile = result.bytesConsumed() > 0 || result.bytesProduced() > 0 ? 0 : futile + 1;
            if (futile > FUTILE) {
                throw new TransportException(Stage.WRITE, Reason.TLS, "the engine accepts no more data");
            }
        }
        wroteData = true;
        return wrapOwn(Stage.WRITE);
    }

    private TransportException ended() {
        return engine.isInboundDone()
                ? new TransportException(Stage.WRITE, Reason.PEER_CLOSED, "the peer has closed the connection")
                : new TransportException(Stage.WRITE, Reason.CLOSED, "this side shut down the output");
    }

    /** Wraps the engine's own records, such as tickets, or the response to a KeyUpdate. */
    Need wrapOwn(Stage stage) throws TransportException {
        boolean more = engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP;
        int futile = 0;
        for (int i = 0; i < FUTILE && more; i++) {
            SSLEngineResult result = wrap(NOTHING, stage);
            if (result == null) {
                return Need.ROOM;
            }
            futile = result.bytesProduced() > 0 ? 0 : futile + 1;
            if (futile == FUTILE) {
                throw new TransportException(stage, Reason.TLS, "the engine wants to write but produces nothing");
            }
            if (result.getStatus() == Status.CLOSED) {
                break;
            }
            more = result.bytesProduced() > 0 && result.getHandshakeStatus() == HandshakeStatus.NEED_WRAP
                    || engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP;
        }
        return Need.NOTHING;
    }

    /** Adds a handshake message to the flight, which is kept in one piece. Returns null if the flight is too long for that. */
    @Nullable
    SSLEngineResult wrapHandshake() throws TransportException {
        flight.extend();
        return wrap(NOTHING, Stage.HANDSHAKE);
    }

    /** Returns the records that the last wrap has added. */
    ByteBuffer wrapped(SSLEngineResult last) {
        return flight.last(last.bytesProduced());
    }

    /** Returns null if there is no room. */
    private @Nullable SSLEngineResult wrap(ByteBuffer source, Stage stage) throws TransportException {
        try {
            SSLEngineResult result = wrapIfRoom(source);
            if (result != null) {
                adapter.runTasks(result);
            }
            return result;
        } catch (SSLException e) {
            throw EngineFailures.of(stage, e);
        }
    }

    private @Nullable SSLEngineResult wrapIfRoom(ByteBuffer source) throws SSLException {
        if (!flight.hasRoom()) {
            return null;
        }
        SSLEngineResult result = calls.wrap(source, flight.room());
        while (result.getStatus() == Status.BUFFER_OVERFLOW) {
            if (flight.length() > 0) {
                return null;
            }
            flight.grow(2 * flight.room().capacity());
            result = calls.wrap(source, flight.room());
        }
        return result;
    }

    /**
     * Wraps and keeps the engine's responses to the peer. The JDK's engine creates one response for each request. A wrapped response has some
     * 40 bytes.
     *
     * @return the number of bytes that wait for the next write
     * @throws TransportException if the engine reports a failure
     */
    public int respond() throws TransportException {
        ByteBuffer room = buffers.take(flight.packet());
        try {
            for (int i = 0; i < FUTILE; i++) {
                // BoringSSL's engine reports only once that it needs a wrap. After it has rejected a record, the first
                // wrap produces the
                // alert, and the next one throws.
                SSLEngineResult result = calls.wrap(NOTHING, room.clear());
                adapter.runTasks(result);
                keep(room.flip());
                if (result.bytesProduced() == 0) {
                    break;
                }
            }
            return responses == null ? 0 : responses.position();
        } catch (SSLException e) {
            throw EngineFailures.of(Stage.READ, e);
        } finally {
            buffers.release(room);
        }
    }

    private void keep(ByteBuffer record) {
        ByteBuffer kept = responses;
        int n = record.remaining();
        if (n > 0 && (kept == null || kept.remaining() < n)) {
            int before = kept == null ? 0 : kept.position();
            ByteBuffer roomier = ByteBuffer.allocate(Math.max(RESPONSE, 2 * (before + n)));
            kept = kept == null ? roomier : roomier.put(kept.flip());
            responses = kept;
        }
        if (kept != null) {
            kept.put(record);
        }
    }

    /** Moves the responses to the flight. Returns false if not all fit. */
    private boolean takeResponses() {
        ByteBuffer kept = responses;
        if (kept == null) {
            return true;
        }
        Buffers.move(kept.flip(), flight.room());
        if (kept.hasRemaining()) {
            kept.compact();
            return false;
        }
        responses = null;
        return true;
    }

    /** Discards the responses, which will not be sent. */
    public void dropResponses() {
        responses = null;
    }

    /** Adds the responses alone to the ciphertext, and returns as {@link #encrypt} does. */
    public Need sendResponses() {
        return takeResponses() ? Need.NOTHING : Need.ROOM;
    }

    /**
     * Ends the output with close_notify, once.
     *
     * @return {@link Need#ROOM} or {@link Need#NOTHING}, as {@link #encrypt} does
     * @throws TransportException if TLS fails
     */
    public Need closeNotify() throws TransportException {
        if (!takeResponses()) {
            return Need.ROOM;
        }
        engine.closeOutbound();
        for (int i = 0; i < FUTILE && !engine.isOutboundDone(); i++) {
            SSLEngineResult result = wrap(NOTHING, Stage.CLOSE);
            if (result == null) {
                return Need.ROOM;
            }
            if (result.bytesProduced() == 0) {
                break;
            }
        }
        return Need.NOTHING;
    }

    /**
     * Adds the engine's alerts after a failure. Engines throw before, after or between them.
     *
     * @return {@link Need#ROOM} or {@link Need#NOTHING}, as {@link #encrypt} does
     */
    public Need alerts() {
        if (!takeResponses()) {
            return Need.ROOM;
        }
        int futile = 0;
        for (int i = 0; i < FUTILE && futile < 2; i++) {
            int held = flight.length();
            try {
                if (wrapIfRoom(NOTHING) == null) {
                    return Need.ROOM;
                }
            } catch (SSLException e) {
                // The failure is known: the engine only reports it again.
            }
            futile = flight.length() == held ? futile + 1 : 0;
        }
        return Need.NOTHING;
    }

    /**
     * Adds the engine's alerts after a failed handshake, or the alert {@code ours} in plaintext if there are none. If {@code ours} reports a
     * malformed message, it also replaces an internal_error of the engine.
     */
    void handshakeAlerts(int ours) {
        alerts();
        if (ours == TlsAlert.DECODE_ERROR) {
            flight.replaceInternalError(ours);
        }
        if (!flight.endsWithAlert()) {
            addInPlaintext(ours);
        }
    }

    /** Adds an alert in plaintext. Returns false if the peer can no longer read it after what was sent and is waiting to be sent. */
    boolean addInPlaintext(int alert) {
        if (!flight.isPlaintext()) {
            return false;
        }
        flight.add(RecordHeader.clearAlert(alert));
        return true;
    }

    /** {@return whether data was ever sent} */
    public boolean wroteData() {
        return wroteData;
    }

    /** {@return the ciphertext to send in one write, or null if there is none; then {@link #sent} must be called, also after a failure} */
    public @Nullable ByteBuffer ciphertext() {
        return flight.toSend();
    }

    /** Notes that the last {@link #ciphertext} was sent, or will never be. */
    public void sent() {
        flight.sent();
    }

    /** Releases the buffer. Returns true if ciphertext is lost with it, so that no more can be sent. */
    public boolean release() {
        return flight.release();
    }
}
