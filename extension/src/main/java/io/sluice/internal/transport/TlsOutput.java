package io.sluice.internal.transport;

import io.sluice.internal.tls.Buffers;
import io.sluice.internal.tls.Need;
import io.sluice.internal.tls.Outbound;
import io.sluice.internal.tls.TransportException;
import io.sluice.internal.tls.TransportException.Reason;
import io.sluice.internal.tls.TransportException.Stage;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Sends: one write to the socket for each flight, or for each full buffer. Used under the write lock, except for {@link #respond} and {@link
 * #abort}.
 *
 * <p>The engine's responses to the peer's records, such as KeyUpdates, wait for the next write (RFC 8446, 4.6.3). The reader wraps them, but
 * never sends, because a write to a blocking socket may block. If the application never writes, a short-lived thread sends them.
 */
final class TlsOutput implements TlsInput.Responses {
    private static final AtomicIntegerFieldUpdater<TlsOutput> RESPONDING =
            AtomicIntegerFieldUpdater.newUpdater(TlsOutput.class, "responding");

    /** The number of bytes that may wait for the application's next write: some 25 responses. */
    private static final int MANY = 1024;

    /** The number of bytes that may wait for a peer that does not read: some 26,000 responses, or 2 GB if it rekeys every 64 KiB. */
    private static final int MOST = 1 << 20;

    /** The bytes of a record (RFC 8446, 5.1). */
    private static final int MOST_TOGETHER = 16 * 1024;

    /** Larger buffers are encrypted without copying. */
    private static final int LARGE = 4 * 1024;

    private final Outbound out;
    private final PushbackSocket wire;
    private final ConnectionState state;
    private final ReentrantLock writing;
    /** Every call that encrypts. It is never held during a write to the socket. */
    private final ReentrantLock encrypting = new ReentrantLock();

    private final Runnable sendResponses;
    private final WrappedArray array = new WrappedArray();
    private volatile Timeout writeTimeout = Timeout.NONE;
    /** 1 while a thread sends responses. */
    @SuppressWarnings("UnusedVariable") // The updater reads it.
    private volatile int responding;

    /**
     * Creates the output of one connection.
     *
     * @param out what encrypts
     * @param wire the socket
     * @param state the state of the connection
     * @param writing the lock under which this is used
     * @param sendResponses sends the pending responses under that lock, and handles failures
     */
    TlsOutput(Outbound out, PushbackSocket wire, ConnectionState state, ReentrantLock writing, Runnable sendResponses) {
        this.out = out;
        this.wire = wire;
        this.state = state;
        this.writing = writing;
        this.sendResponses = sendResponses;
    }

    /** Sets the limit for the application's writes and what is sent with them. */
    void writeTimeout(Timeout timeout) {
        writeTimeout = timeout;
    }

    Timeout writeTimeout() {
        return writeTimeout;
    }

    /** A step that adds ciphertext to the output, and is repeated while it needs room. */
    private interface Step {
        Need run() throws TransportException;
    }

    /** Writes bytes of an array. */
    void write(byte[] b, int off, int len) throws TransportException {
        write(array.of(b, off, len));
    }

    @Override
    public void waiting() {
        array.forget();
    }

    /** Writes all of {@code source}, and the engine's own records. A close that waits for this write does not cut it. */
    void write(ByteBuffer source) throws TransportException {
        requireIntact();
        Timeout timeout = writeTimeout;
        try {
            encrypt(source, timeout);
            flush(timeout, Stage.WRITE);
        } catch (TransportException e) {
            flushBefore(e, timeout);
            throw e;
        } finally {
            release();
        }
    }

    /** Writes all sources. Small ones are copied together, so that they share records. */
    void write(ByteBuffer... sources) throws TransportException {
        requireIntact();
        Timeout timeout = writeTimeout;
        ByteBuffer together = wire.pool().take(MOST_TOGETHER).limit(MOST_TOGETHER);
        try {
            for (ByteBuffer source : sources) {
                add(source, together, timeout);
            }
            encrypt(together.flip(), timeout);
            flush(timeout, Stage.WRITE);
        } catch (TransportException e) {
            flushBefore(e, timeout);
            throw e;
        } finally {
            wire.pool().release(together);
            release();
        }
    }

    private void add(ByteBuffer source, ByteBuffer together, Timeout timeout) throws TransportException {
        while (source.hasRemaining()) {
            if (together.position() == 0 && source.remaining() >= LARGE) {
                encrypt(source, timeout);
                return;
            }
            Buffers.move(source, together);
            if (!together.hasRemaining()) {
                encrypt(together.flip(), timeout);
                together.clear().limit(MOST_TOGETHER);
            }
        }
    }

    private void requireIntact() throws TransportException {
        TransportException known = state.outputFailure();
        if (known != null) {
            throw known.copy();
        }
    }

    /** Encrypts all of {@code source}. What fits into the buffer is not sent yet. */
    private void encrypt(ByteBuffer source, Timeout timeout) throws TransportException {
        state.requireNotFailed(Stage.WRITE);
        while (encrypt(source) == Need.ROOM) {
            flush(timeout, Stage.WRITE);
            state.requireNotFailed(Stage.WRITE);
        }
    }

    private Need encrypt(ByteBuffer source) throws TransportException {
        encrypting.lock();
        try {
            return out.encrypt(source);
        } finally {
            encrypting.unlock();
        }
    }

    /** The peer counts the wrapped records: without them, a following alert or close_notify would be out of sequence. */
    private void flushBefore(TransportException failure, Timeout timeout) {
        try {
            flush(timeout, failure.stage());
        } catch (TransportException e) {
            if (e != failure) {
                failure.addSuppressed(e);
            }
        }
    }

    /** Ends the output without close_notify, and without waiting for the lock. */
    void abort() {
        state.breakOutput(new TransportException(Stage.WRITE, Reason.CLOSED, "this side aborted the output"));
    }

    /** Adds ciphertext, sends it and releases the buffer. Does nothing after a failed write. */
    private void send(Timeout timeout, Stage stage, Step step) throws TransportException {
        if (state.outputFailure() != null) {
            return;
        }
        try {
            Need need;
            do {
                encrypting.lock();
                try {
                    need = step.run();
                } finally {
                    encrypting.unlock();
                }
                flush(timeout, stage);
            } while (need == Need.ROOM);
        } catch (TransportException e) {
            flushBefore(e, timeout);
            throw e;
        } finally {
            release();
        }
    }

    /** Sends close_notify, once. */
    void closeNotify(Timeout timeout, Stage stage) throws TransportException {
        send(timeout, stage, out::closeNotify);
    }

    /** Sends the responses alone. */
    void sendResponses() throws TransportException {
        send(writeTimeout, Stage.WRITE, out::sendResponses);
    }

    /** Sends what a step of the core adds to its output. */
    void sendAlerts(Supplier<Need> alerts, Timeout timeout) throws TransportException {
        send(timeout, Stage.CLOSE, alerts::get);
    }

    /** Sends what was encrypted. A failure is remembered, because the stream of records is incomplete. */
    void flush(Timeout timeout, Stage stage) throws TransportException {
        ByteBuffer ciphertext = out.ciphertext();
        if (ciphertext == null) {
            return;
        }
        try {
            wire.write(ciphertext, timeout, stage);
        } catch (TransportException e) {
            throw state.breakOutput(e);
        } finally {
            out.sent();
        }
    }

    /** Releases the buffer. If records are lost with it, no more can be sent. */
    void release() {
        if (out.release()) {
            state.breakOutput(new TransportException(Stage.WRITE, Reason.TLS, "encrypted records were not sent"));
        }
    }

    /** The reader calls this without the write lock, so it never waits for the socket. */
    @Override
    public void respond() throws TransportException {
        int pending = wrapResponses();
        if (pending > MOST) {
            throw TransportException.violation(
                    Stage.READ,
                    "the peer keeps requesting new keys and does not read the responses: " + pending
                            + " bytes are pending");
        }
        if (pending > MANY && !writing.isLocked() && RESPONDING.compareAndSet(this, 0, 1)) {
            start();
        }
    }

    private int wrapResponses() throws TransportException {
        encrypting.lock();
        try {
            int pending = out.respond();
            if (state.outputFailure() == null) {
                return pending;
            }
            out.dropResponses();
            return 0;
        } finally {
            encrypting.unlock();
        }
    }

    /** Starts a thread unless a writer is active, which also sends the responses. Without a thread, they stay pending. */
    private void start() {
        boolean started = false;
        try {
            DetachedThread.start("sluice-key-update", this::runResponses);
            started = true;
        } catch (OutOfMemoryError e) {
            // The system has no more threads: the next write or the next attempt sends the responses.
        } finally {
            if (!started) {
                responding = 0;
            }
        }
    }

    private void runResponses() {
        try {
            sendResponses.run();
        } finally {
            responding = 0;
        }
    }
}
