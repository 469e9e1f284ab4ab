package io.sluice.internal.tls;

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
    private static final byte[] NONE = {};

    /** An engine may occasionally produce and consume nothing, but not repeatedly. */
    private static final int FUTILE = 16;

    /** The largest flight that is kept in one piece. */
    private static final int LONGEST_FLIGHT = 1 << 20;

    private final SSLEngine engine;
    private final Buffers buffers;
    private final SentRecords sentRecords = new SentRecords();
    private @Nullable ByteBuffer out;
    private boolean wroteData;
    /** Wrapped responses to the peer, which the next write sends before its data (RFC 8446, 4.6.3). */
    private byte[] responses = NONE;

    private int from;
    private int to;

    Outbound(SSLEngine engine, Buffers buffers) {
        this.engine = engine;
        this.buffers = buffers;
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
            futile = made(result) ? 0 : futile + 1;
            if (futile > FUTILE) {
                throw new TransportException(Stage.WRITE, Reason.TLS, "the engine accepts no more data");
            }
        }
        wroteData = true;
        return wrapOwn(Stage.WRITE);
    }

    private static boolean made(SSLEngineResult result) {
        return result.bytesConsumed() > 0 || result.bytesProduced() > 0;
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
        ByteBuffer flight = out;
        int packet = packet();
        if (flight != null && flight.remaining() < packet && flight.capacity() < LONGEST_FLIGHT) {
            grow(flight.position() + packet);
        }
        return wrap(NOTHING, Stage.HANDSHAKE);
    }

    private void grow(int least) {
        ByteBuffer roomier = buffers.take(Math.max(least, out == null ? 0 : 2 * out.capacity()));
        ByteBuffer known = out;
        if (known != null) {
            roomier.put(known.flip());
            buffers.release(known);
        }
        out = roomier;
    }

    /** Returns the records that the last wrap has added. */
    ByteBuffer wrapped(SSLEngineResult last) {
        ByteBuffer buffer = out;
        return buffer == null ? NOTHING : buffer.duplicate().flip().position(buffer.position() - last.bytesProduced());
    }

    /** Returns null if there is no room. */
    private @Nullable SSLEngineResult wrap(ByteBuffer source, Stage stage) throws TransportException {
        try {
            SSLEngineResult result = wrapIfRoom(source);
            if (result != null) {
                EngineTasks.run(engine, result);
            }
            return result;
        } catch (SSLException e) {
            throw EngineFailures.of(stage, e);
        }
    }

    private @Nullable SSLEngineResult wrapIfRoom(ByteBuffer source) throws SSLException {
        if (!hasRoom()) {
            return null;
        }
        SSLEngineResult result = engine.wrap(source, roomForPacket());
        while (result.getStatus() == Status.BUFFER_OVERFLOW) {
            ByteBuffer full = roomForPacket();
            if (full.position() > 0) {
                return null;
            }
            grow(2 * full.capacity());
            result = engine.wrap(source, roomForPacket());
        }
        return result;
    }

    private int packet() {
        return engine.getSession().getPacketBufferSize();
    }

    private boolean hasRoom() {
        ByteBuffer known = out;
        return known == null || known.position() == 0 || known.remaining() >= packet();
    }

    private ByteBuffer roomForPacket() {
        ByteBuffer known = out;
        if (known == null) {
            known = buffers.take(packet());
            out = known;
        }
        return known;
    }

    /**
     * Wraps and keeps the engine's responses to the peer. The JDK's engine creates one response for each request. A wrapped response has some
     * 40 bytes.
     *
     * @return the number of bytes that wait for the next write
     * @throws TransportException if the engine reports a failure
     */
    public int respond() throws TransportException {
        ByteBuffer room = buffers.take(packet());
        try {
            for (int i = 0; i < FUTILE; i++) {
                // BoringSSL's engine reports only once that it needs a wrap. After it has rejected a record, the first
                // wrap produces the
                // alert, and the next one throws.
                SSLEngineResult result = engine.wrap(NOTHING, room.clear());
                EngineTasks.run(engine, result);
                keep(room.flip());
                if (result.bytesProduced() == 0) {
                    break;
                }
            }
            return to - from;
        } catch (SSLException e) {
            throw EngineFailures.of(Stage.READ, e);
        } finally {
            buffers.release(room);
        }
    }

    private void keep(ByteBuffer record) {
        int n = record.remaining();
        if (responses.length - to < n) {
            byte[] roomier = new byte[Math.max(64, 2 * (to - from + n))];
            System.arraycopy(responses, from, roomier, 0, to - from);
            responses = roomier;
            to -= from;
            from = 0;
        }
        record.get(responses, to, n);
        to += n;
    }

    /** Moves the responses to the flight. Returns false if not all fit. */
    private boolean takeResponses() {
        if (from == to) {
            return true;
        }
        ByteBuffer flight = roomForPacket();
        int n = Math.min(to - from, flight.remaining());
        flight.put(responses, from, n);
        from += n;
        if (from < to) {
            return false;
        }
        dropResponses();
        return true;
    }

    /** Discards the responses, which will not be sent. */
    public void dropResponses() {
        responses = NONE;
        from = 0;
        to = 0;
    }

    /**
     * Adds the responses alone to the ciphertext.
     *
     * @return {@link Need#ROOM} or {@link Need#NOTHING}, as {@link #encrypt} does
     */
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
            int held = held();
            try {
                if (wrapIfRoom(NOTHING) == null) {
                    return Need.ROOM;
                }
            } catch (SSLException e) {
                // The failure is known: the engine only reports it again.
            }
            futile = held() == held ? futile + 1 : 0;
        }
        return Need.NOTHING;
    }

    private int held() {
        return out == null ? 0 : out.position();
    }

    /**
     * Adds the engine's alerts after a failed handshake, or the alert {@code ours} in plaintext if there are none. If {@code ours} reports a
     * malformed message, it also replaces an internal_error of the engine.
     */
    void handshakeAlerts(int ours) {
        alerts();
        ByteBuffer flight = out;
        if (flight != null && ours == TlsAlert.DECODE_ERROR) {
            RecordHeader.replaceInternalError(flight, ours);
        }
        if (isPlaintext() && !sentRecords.endWithAlert()) {
            addInPlaintext(ours);
        }
    }

    /** Whether the peer can still read a plaintext alert after what was sent and is waiting to be sent. */
    boolean isPlaintext() {
        ByteBuffer flight = out;
        if (flight != null) {
            sentRecords.inspect(flight);
        }
        return sentRecords.arePlaintext();
    }

    /** Adds an alert in plaintext: for when the engine was not called yet, or has no alert. */
    void addInPlaintext(int alert) {
        byte[] record = RecordHeader.clearAlert(alert);
        if (roomForPacket().remaining() < record.length) {
            grow(held() + record.length);
        }
        roomForPacket().put(record);
    }

    /**
     * Tests whether data was ever sent.
     *
     * @return true after the first data
     */
    public boolean wroteData() {
        return wroteData;
    }

    /**
     * Returns the ciphertext to send, in one write if possible. Then {@link #sent} must be called, also after a failure.
     *
     * @return the bytes between position and limit; null if there are none
     */
    public @Nullable ByteBuffer ciphertext() {
        ByteBuffer flight = out;
        if (flight == null || flight.position() == 0) {
            return null;
        }
        sentRecords.inspect(flight);
        sentRecords.forget();
        return flight.flip();
    }

    /** Notes that the last {@link #ciphertext} was sent, or will never be. */
    public void sent() {
        ByteBuffer flight = out;
        if (flight != null) {
            flight.clear();
        }
    }

    /**
     * Releases the buffer.
     *
     * @return true if ciphertext is lost with it, so that no more can be sent
     */
    public boolean release() {
        ByteBuffer flight = out;
        if (flight == null) {
            return false;
        }
        out = null;
        boolean isLost = flight.position() > 0;
        buffers.release(flight);
        return isLost;
    }
}
