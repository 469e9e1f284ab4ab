package io.sluice.internal.tls;

import io.sluice.internal.engine.EngineAdapter;
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
 * The receiving half of a connection: decrypts records, straight into the caller's buffer if it is large. It has two buffers, one for
 * ciphertext and one for decrypted bytes that were not read yet. Not thread-safe: one thread at a time receives.
 */
public final class Inbound {
    /** The result of a read that needs bytes of the peer, or whose response to the peer must be wrapped first. */
    public static final int NO_DATA = 0;

    /** The result of a read at the clean end of the stream. */
    public static final int END = -1;

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final EngineAdapter adapter;
    private final SSLEngine engine;
    private final boolean several;
    private final Buffers buffers;
    private final ReceivedRecords records;
    private final DecryptedBytes decrypted;
    private final EmptyRecordLimit emptyRecords = new EmptyRecordLimit();
    private boolean receivedData;
    private StreamEnd end = StreamEnd.OPEN;
    private boolean wantsResponse;
    /**
     * The last record produced no data but something to wrap, of which the engine's status shows nothing. BoringSSL's engine has then
     * rejected the record, and throws only at the next one.
     */
    private boolean alertSuspected;
    /** The engine has returned all that it decrypted, so it need not be called before waiting for bytes. */
    private boolean drained;
    /** A failure that arrived together with data, which is returned first. */
    private @Nullable TransportException deferred;

    private enum StreamEnd {
        OPEN,
        CLEAN,
        TRUNCATED
    }

    Inbound(EngineAdapter adapter, EngineCalls calls, Buffers buffers) {
        this.adapter = adapter;
        this.engine = adapter.engine();
        this.several = adapter.unwrapsSeveralRecords();
        this.buffers = buffers;
        this.records = new ReceivedRecords(buffers, several);
        this.decrypted = new DecryptedBytes(engine, calls, buffers, several);
    }

    /** {@return the ciphertext that has arrived, to which the driver adds} */
    public ReceivedRecords records() {
        return records;
    }

    /** Starts reading after the handshake, with the negotiated protocol. */
    void begin(String protocol) {
        records.begin(protocol);
        decrypted.trim();
        if (engine.isInboundDone()) {
            end = StreamEnd.CLEAN;
        }
    }

    /** Does a step of the handshake, which may also bring the first data. The record may be empty. */
    SSLEngineResult unwrapHandshake(ByteBuffer record) throws SSLException {
        return decrypted.add(record);
    }

    /**
     * Reads decrypted bytes, and decrypts what has arrived if there are none.
     *
     * @param target the buffer to fill, with room for at least a byte
     * @return the number of bytes; {@link #NO_DATA} if {@link #wantsResponse} or else bytes of the peer are needed; {@link #END} at the clean
     *     end
     * @throws TransportException {@link Reason#TRUNCATED} if the stream ended without close_notify; another reason if TLS fails
     */
    public int read(ByteBuffer target) throws TransportException {
        int held = decrypted.take(target);
        if (held > 0) {
            return held;
        }
        if (deferred != null) {
            throw deferred;
        }
        try {
            while (end == StreamEnd.OPEN) {
                ByteBuffer record = records.nextRecord(Stage.READ);
                if (!record.hasRemaining() && drained) {
                    return NO_DATA;
                }
                int direct = decrypt(record, target);
                int n = direct > 0 ? direct : decrypted.take(target);
                if (n > 0 || wantsResponse) {
                    return n;
                }
            }
            return atEnd();
        } finally {
            decrypted.trim();
        }
    }

    private int atEnd() throws TransportException {
        if (end == StreamEnd.TRUNCATED) {
            throw new TransportException(
                    Stage.READ,
                    Reason.TRUNCATED,
                    "the peer ended the connection without close_notify: data may be missing");
        }
        return END;
    }

    /** Decrypts records, or what the engine holds. Returns the number of bytes written straight to a large target. */
    private int decrypt(ByteBuffer record, ByteBuffer target) throws TransportException {
        boolean isLarge = DecryptedBytes.isLarge(target);
        ByteBuffer source = record.hasRemaining()
                ? records.withFollowing(record, isLarge ? target.remaining() : buffers.capacity())
                : record;
        int first = source.position();
        int before = target.position();
        SSLEngineResult result;
        try {
            result = isLarge ? decrypted.decrypt(source, target) : decrypted.decrypt(source);
        } catch (SSLException e) {
            TransportException failure = EngineFailures.of(Stage.READ, e);
            if (target.position() == before && decrypted.length() == 0) {
                throw failure;
            }
            // Of several records, the first ones had data.
            receivedData = true;
            deferred = failure;
            return target.position() - before;
        }
        boolean hadRecord = source.limit() > first;
        drained = hadRecord
                ? result.bytesProduced() > 0 && result.getStatus() == Status.OK && !source.hasRemaining()
                : result.bytesProduced() == 0;
        process(result, source, first);
        if (several && isLarge && result.getStatus() == Status.BUFFER_OVERFLOW) {
            takeRest();
        }
        return target.position() - before;
    }

    /** Takes the rest of a record out of an engine for several records, which would lose it when this side ends its output. */
    private void takeRest() throws TransportException {
        try {
            drained = decrypted.decrypt(NOTHING).getStatus() != Status.BUFFER_OVERFLOW;
        } catch (SSLException e) {
            deferred = EngineFailures.of(Stage.READ, e);
        }
    }

    private void process(SSLEngineResult result, ByteBuffer source, int first) throws TransportException {
        adapter.runTasks(result);
        boolean hasRecord = source.limit() > first;
        boolean data = result.bytesProduced() > 0;
        boolean needsWrap = result.getHandshakeStatus() == HandshakeStatus.NEED_WRAP;
        if (data) {
            receivedData = true;
            emptyRecords.reset();
        } else if (hasRecord) {
            emptyRecords.add(source, first);
        }
        if (hasRecord && result.bytesConsumed() == 0 && !data) {
            throw rejected(result.getStatus());
        }
        if (hasRecord && result.getStatus() == Status.CLOSED && engine.isInboundDone()) {
            end = StreamEnd.CLEAN;
        }
        if (hasRecord) {
            alertSuspected = needsWrap
                    && !data
                    && end == StreamEnd.OPEN
                    && engine.getHandshakeStatus() != HandshakeStatus.NEED_WRAP;
        }
        wantsResponse |= needsWrap;
    }

    /** Some engines, such as Bouncy Castle's, read nothing after this side's close_notify. This is not the end of the peer's stream. */
    private TransportException rejected(Status status) {
        if (status != Status.CLOSED) {
            return new TransportException(Stage.READ, Reason.TLS, "the engine rejected a record: " + status);
        }
        end = StreamEnd.TRUNCATED;
        return new TransportException(
                Stage.READ,
                Reason.TRUNCATED,
                "the engine reads nothing after this side's close_notify, but the peer has sent more: data may be missing");
    }

    /**
     * Tests whether the engine has a response to the peer, which {@link Outbound#respond} wraps before the next record is decrypted: the
     * JDK's engine would keep each response with a cipher of its own, and BoringSSL's engine reports a failure there.
     *
     * @return true once for each response
     */
    public boolean wantsResponse() {
        boolean wanted = wantsResponse;
        wantsResponse = false;
        return wanted;
    }

    /** Keeps a failure for the read after this one, which returns data. */
    public void defer(TransportException failure) {
        deferred = failure;
    }

    /**
     * Notes the end of the TCP stream.
     *
     * @throws TransportException if the engine holds back a failure
     */
    public void endOfStream() throws TransportException {
        end = StreamEnd.TRUNCATED;
        if (alertSuspected) {
            SSLException failure = adapter.heldBackFailure();
            if (failure != null) {
                throw EngineFailures.of(Stage.READ, failure);
            }
        }
    }

    /** {@return whether a read would need a record: nothing is decrypted, and neither the end nor a failure is known} */
    public boolean awaitsData() {
        return decrypted.length() == 0 && end == StreamEnd.OPEN && deferred == null;
    }

    /**
     * Decrypts the next record if it has arrived, or what the engine holds, to find out how many bytes can be read.
     *
     * @return false if there is no complete record
     * @throws TransportException if TLS fails
     */
    public boolean decryptArrived() throws TransportException {
        try {
            ByteBuffer record = records.nextRecord(Stage.READ);
            if (!record.hasRemaining() && drained) {
                return false;
            }
            decrypt(record, NOTHING);
            return true;
        } finally {
            decrypted.trim();
        }
    }

    /** {@return the number of decrypted bytes that were not read} */
    public int decrypted() {
        return decrypted.length();
    }

    /** Takes bytes that are already decrypted, and returns their number, 0 if there are none. */
    public int take(ByteBuffer target) {
        return decrypted.take(target);
    }

    /** {@return whether the peer's stream has ended, with close_notify or without} */
    public boolean isEnded() {
        return end != StreamEnd.OPEN;
    }

    /** {@return whether there are bytes that were not read, decrypted or not} */
    public boolean hasUnread() {
        return decrypted.length() > 0 || records.remaining().hasRemaining();
    }

    /** {@return whether the peer has ever sent data} */
    public boolean receivedData() {
        return receivedData;
    }

    /** Releases an empty buffer, so that a waiting connection holds none. */
    public void trim() {
        decrypted.trim();
    }

    /** Releases all buffers, and discards their bytes. */
    void release() {
        decrypted.release();
        records.release();
    }
}
