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

/** Unwraps what comes, straight into the caller's array where that is large, and says how it ended. Used under the read lock. */
final class TlsReader {
    /** Below this, a record is unwrapped into the spill and copied from there. */
    private static final int LARGE = 1024;

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);
    private static final byte[] NO_BYTES = {};

    private static final byte[] ANY_RECORD = {23, 3, 3, 0, 1, 0};

    /** The SO_TIMEOUT of a read that has no need to wait. */
    private static final int ANY = 1;

    private final SSLEngine engine;
    private final PushbackSocket wire;
    private final RecordReader input;
    private final ByteBuffer[] target = new ByteBuffer[2];
    private final PlaintextBuffer spill;
    private final EmptyRecordLimit quietRecords = new EmptyRecordLimit();
    private boolean records12;
    private boolean anyData;
    private End end = End.OPEN;
    /**
     * The last record gave no data but something to wrap, and the engine itself knows of nothing: BoringSSL's has refused the
     * record then, and throws only when it is given another.
     */
    private boolean doubtful;
    /** The engine has given all that it decrypted, and need not be asked before bytes are waited for. */
    private boolean drained;
    /** A failure that came together with data, which goes first. */
    private @Nullable TransportException deferred;

    private enum End {
        OPEN,
        CLEAN,
        TRUNCATED
    }

    TlsReader(SSLEngine engine, PushbackSocket wire) {
        this.engine = engine;
        this.wire = wire;
        this.input = new RecordReader(wire);
        this.spill = new PlaintextBuffer(engine, wire.pool());
    }

    RecordReader input() {
        return input;
    }

    /** After the handshake: what it leaves to be read, and what it agreed on. */
    void begin(String protocol) {
        records12 = !protocol.equals("TLSv1.3");
        trim();
        if (engine.isInboundDone()) {
            end = End.CLEAN;
        }
    }

    /** A step of the handshake, which may bring the first data along. The record may be empty. */
    SSLEngineResult unwrapHandshake(ByteBuffer record) throws SSLException {
        ByteBuffer room = spill.behind();
        try {
            return engine.unwrap(record, room);
        } finally {
            room.flip();
        }
    }

    int read(byte[] b, int off, int len, Wait wait, Answers answers) throws TransportException {
        int held = spill.take(b, off, len);
        if (held > 0) {
            return held;
        }
        if (deferred != null) {
            throw deferred;
        }
        try {
            while (end == End.OPEN) {
                ByteBuffer record = nextRecord();
                if (!record.hasRemaining() && drained) {
                    fill(wait);
                    continue;
                }
                int direct = unwrap(record, b, off, len, answers);
                int n = direct > 0 ? direct : spill.take(b, off, len);
                if (n > 0) {
                    return n;
                }
            }
            return atEnd();
        } finally {
            trim();
        }
    }

    private int atEnd() throws TransportException {
        if (end == End.TRUNCATED) {
            throw new TransportException(
                    Stage.READ,
                    Reason.TRUNCATED,
                    "the peer ended the connection without close_notify: bytes may be missing",
                    null);
        }
        return -1;
    }

    private ByteBuffer nextRecord() throws TransportException {
        ByteBuffer record = input.record(Stage.READ);
        if (asksToRenegotiate(record)) {
            throw new TransportException(Stage.READ, Reason.PROTOCOL_ABUSE, "the peer asked for a renegotiation", null);
        }
        return record;
    }

    private boolean asksToRenegotiate(ByteBuffer record) {
        return records12 && record.hasRemaining() && RecordHeader.type(record) == RecordHeader.HANDSHAKE;
    }

    private void fill(Wait wait) throws TransportException {
        trim();
        if (!input.fill(wait.soTimeout(), Stage.READ)) {
            end = End.TRUNCATED;
            if (doubtful) {
                throwWhatIsHeldBack();
            }
        }
    }

    /** Makes the engine fail, so that it has an alert for a peer that broke the rules where the engine did not see it. */
    void upset() {
        try {
            unwrapAnyRecord();
        } catch (SSLException e) {
            // This is what it is for.
        }
    }

    private void throwWhatIsHeldBack() throws TransportException {
        try {
            unwrapAnyRecord();
        } catch (SSLException e) {
            throw TransportFailures.of(Stage.READ, e);
        }
    }

    private void unwrapAnyRecord() throws SSLException {
        try {
            engine.unwrap(ByteBuffer.wrap(ANY_RECORD), spill.empty());
        } finally {
            spill.empty().limit(0);
        }
    }

    /** Unwraps a record, or nothing, and returns how many bytes went straight to the caller. */
    private int unwrap(ByteBuffer record, byte[] b, int off, int len, Answers answers) throws TransportException {
        boolean given = record.hasRemaining();
        int length = given ? RecordHeader.fragmentLength(record) : 0;
        ByteBuffer room = spill.empty();
        SSLEngineResult result;
        int direct = 0;
        try {
            if (len >= LARGE) {
                ByteBuffer large = ByteBuffer.wrap(b, off, len);
                target[0] = large;
                target[1] = room;
                result = engine.unwrap(record, target);
                direct = large.position() - off;
            } else {
                result = engine.unwrap(record, room);
            }
        } catch (SSLException e) {
            throw TransportFailures.of(Stage.READ, e);
        } finally {
            target[0] = NOTHING;
            target[1] = NOTHING;
            room.flip();
        }
        drained = given
                ? result.bytesProduced() > 0 && result.getStatus() == Status.OK && !record.hasRemaining()
                : result.bytesProduced() == 0;
        lookAt(result, given, length, answers);
        return direct;
    }

    private void lookAt(SSLEngineResult result, boolean given, int length, Answers answers) throws TransportException {
        EngineTasks.run(engine, result);
        boolean data = result.bytesProduced() > 0;
        boolean owes = result.getHandshakeStatus() == HandshakeStatus.NEED_WRAP;
        if (data) {
            anyData = true;
            quietRecords.data();
        } else if (given) {
            refuse(quietRecords.quiet(length));
        }
        if (result.getStatus() == Status.CLOSED && engine.isInboundDone()) {
            end = End.CLEAN;
        } else if (given && result.bytesConsumed() == 0 && !data) {
            throw new TransportException(
                    Stage.READ, Reason.TLS, "the engine refuses a record: " + result.getStatus(), null);
        }
        if (given) {
            doubtful = owes && !data && end == End.OPEN && engine.getHandshakeStatus() != HandshakeStatus.NEED_WRAP;
        }
        if (owes) {
            answer(answers, data);
        }
    }

    private static void refuse(@Nullable TransportException abuse) throws TransportException {
        if (abuse != null) {
            throw abuse;
        }
    }

    private void answer(Answers answers, boolean delivering) throws TransportException {
        try {
            answers.offer();
        } catch (TransportException e) {
            if (!delivering) {
                throw e;
            }
            deferred = e;
        }
    }

    /** How long a read may wait for the next arrival. */
    interface Wait {
        /** The SO_TIMEOUT of a wait that begins now, 0 for ever. */
        int soTimeout() throws TransportException;
    }

    /** The engine's answers to what the peer asks for. */
    interface Answers {
        /** Takes what the engine has to answer, to be written later. Never waits. */
        void offer() throws TransportException;
    }

    /** Has the engine raise an alert for what was refused here, or for nothing that it can say. */
    void forceAlert() {
        ForcedAlert alert = new ForcedAlert(engine);
        ByteBuffer refused = input.first();
        try {
            if (RecordHeader.isOverlong(refused)) {
                alert.forOverlongRecord();
            } else if (asksToRenegotiate(refused)) {
                alert.forRenegotiation(refused);
            } else {
                alert.forUnexpectedRecord();
            }
        } catch (RuntimeException e) {
            // An engine that fails here has nothing more to say.
        }
    }

    /** How much is decrypted, after decrypting what has come. A failure waits for the next read, which may wait for bytes itself. */
    int available(Answers answers) {
        try {
            while (held() == 0 && end == End.OPEN && deferred == null && unwrapArrived(answers)) {
                // A record without data came first.
            }
        } catch (TransportException e) {
            if (e.reason() != Reason.TIMEOUT) {
                deferred = e;
            }
        } finally {
            trim();
        }
        return held();
    }

    /** False when nothing complete has come. */
    private boolean unwrapArrived(Answers answers) throws TransportException {
        ByteBuffer record = nextRecord();
        if (!record.hasRemaining()) {
            return wire.available() > 0 && input.fill(ANY, Stage.READ);
        }
        unwrap(record, NO_BYTES, 0, 0, answers);
        return true;
    }

    /** How many decrypted bytes wait for a caller. */
    int held() {
        return spill.size();
    }

    /** Gives what is decrypted already, or -1. */
    int takeHeld(byte[] b, int off, int len) {
        int n = spill.take(b, off, len);
        return n > 0 ? n : -1;
    }

    /** Whether the peer may have sent what nobody has read, so that closing the socket would answer with a reset. */
    boolean unread() {
        return end == End.OPEN && (held() > 0 || input.available() > 0);
    }

    boolean ended() {
        return end != End.OPEN;
    }

    boolean anyData() {
        return anyData;
    }

    /** Nothing is held while a read waits. */
    void trim() {
        spill.trim();
    }

    /** Gives all buffers back; their bytes are dropped. */
    void release() {
        spill.release();
        input.release();
    }
}
