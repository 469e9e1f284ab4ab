package io.sluice.internal.transport;

import io.sluice.internal.tls.Buffers;
import io.sluice.internal.tls.Outbound;
import io.sluice.internal.tls.RecordHeader;
import io.sluice.internal.tls.TlsCore.Need;
import io.sluice.internal.tls.TransportException;
import io.sluice.internal.tls.TransportException.Reason;
import io.sluice.internal.tls.TransportException.Stage;
import java.nio.ByteBuffer;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Sends: one write to the socket for each flight, or for each full buffer. Used under its lock, except for {@link #wrapResponses} and {@link
 * #abort}.
 */
final class TlsOutput {
    /** Larger buffers are encrypted without copying. */
    private static final int LARGE = 4 * 1024;

    private final Outbound out;
    private final SocketOutput socket;
    private final ConnectionState state;
    /** Covers sending, so that records leave in order. */
    private final ReentrantLock lock = new ReentrantLock();
    /** Every call that encrypts. It is never held during a write to the socket. */
    private final ReentrantLock encrypting = new ReentrantLock();

    private final WrappedArray array = new WrappedArray();
    private volatile Deadline writeTimeout = Deadline.NEVER;

    /**
     * Creates the output of one connection.
     *
     * @param out what encrypts
     * @param socket the socket
     * @param state the state of the connection
     */
    TlsOutput(Outbound out, SocketOutput socket, ConnectionState state) {
        this.out = out;
        this.socket = socket;
        this.state = state;
    }

    ReentrantLock lock() {
        return lock;
    }

    /** Sets the limit for the application's writes and what is sent with them. */
    void writeTimeout(Deadline timeout) {
        writeTimeout = timeout;
    }

    Deadline writeTimeout() {
        return writeTimeout;
    }

    /** A step that adds ciphertext to the output, and is repeated while it needs room. */
    private interface Step {
        Need run() throws TransportException;
    }

    /** Writes the sources if there are any, and otherwise the bytes of the array. After a failure, the connection ends as far as it must. */
    void write(ByteBuffer @Nullable [] sources, byte[] b, int off, int len, ConnectionEnd end)
            throws TransportException {
        lock.lock();
        try {
            state.requireOpenForWrite();
            if (sources == null) {
                write(array.of(b, off, len));
            } else {
                write(sources);
            }
        } catch (TransportException e) {
            throw end.afterWrite(e);
        } finally {
            lock.unlock();
        }
    }

    /** Lets go of the array that was written last. */
    void forgetArray() {
        array.forget();
    }

    /** Writes all of a source, and the engine's own records. A close that waits for this write does not cut it. */
    private void write(ByteBuffer source) throws TransportException {
        requireIntact();
        Deadline timeout = writeTimeout;
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
    private void write(ByteBuffer... sources) throws TransportException {
        requireIntact();
        Deadline timeout = writeTimeout;
        ByteBuffer together = socket.pool().take(RecordHeader.MAX_PLAINTEXT).limit(RecordHeader.MAX_PLAINTEXT);
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
            socket.pool().release(together);
            release();
        }
    }

    private void add(ByteBuffer source, ByteBuffer together, Deadline timeout) throws TransportException {
        while (source.hasRemaining()) {
            if (together.position() == 0 && source.remaining() >= LARGE) {
                encrypt(source, timeout);
                return;
            }
            Buffers.move(source, together);
            if (!together.hasRemaining()) {
                encrypt(together.flip(), timeout);
                together.clear().limit(RecordHeader.MAX_PLAINTEXT);
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
    private void encrypt(ByteBuffer source, Deadline timeout) throws TransportException {
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
    private void flushBefore(TransportException failure, Deadline timeout) {
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
    private void send(Deadline timeout, Stage stage, Step step) throws TransportException {
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
    void closeNotify(Deadline timeout, Stage stage) throws TransportException {
        send(timeout, stage, out::closeNotify);
    }

    /** Sends the responses alone. */
    void sendResponses() throws TransportException {
        send(writeTimeout, Stage.WRITE, out::sendResponses);
    }

    /** Sends what a step of the core adds to its output. */
    void sendAlerts(Supplier<Need> alerts, Deadline timeout) throws TransportException {
        send(timeout, Stage.CLOSE, alerts::get);
    }

    /** Sends what was encrypted. A failure is remembered, because the stream of records is incomplete. */
    void flush(Deadline timeout, Stage stage) throws TransportException {
        ByteBuffer ciphertext = out.ciphertext();
        if (ciphertext == null) {
            return;
        }
        try {
            socket.write(ciphertext, timeout, stage);
        } catch (TransportException e) {
            throw state.breakOutput(e);
        } finally {
            out.sent();
        }
    }

    /** Sends what the socket keeps, without waiting. Returns false if something is left. */
    boolean flushDeferred(ConnectionEnd end) throws TransportException {
        if (!lock.tryLock()) {
            return true; // The thread that writes sends it first.
        }
        try {
            return socket.flushNow(Stage.WRITE);
        } catch (TransportException e) {
            throw end.afterWrite(state.breakOutput(e));
        } finally {
            lock.unlock();
        }
    }

    /** Releases the buffer. If records are lost with it, no more can be sent. */
    void release() {
        if (out.release()) {
            state.breakOutput(new TransportException(Stage.WRITE, Reason.TLS, "encrypted records were not sent"));
        }
    }

    /** Wraps and keeps responses, and returns how many bytes wait. The reader calls this without the lock, so it never waits for the socket. */
    int wrapResponses() throws TransportException {
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
}
