package io.sluice.internal.transport;

import io.sluice.internal.tls.Need;
import io.sluice.internal.tls.TlsCore;
import io.sluice.internal.tls.TransportException;
import io.sluice.internal.tls.TransportException.Reason;
import io.sluice.internal.tls.TransportException.Stage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Ends a connection: with one close_notify after the write in progress, or with an alert after a failure. If the write has to be cut at the
 * deadline, no close_notify is sent, so that the peer can detect the truncation. Then the peer gets time to read. A socket that is closed with
 * unread bytes, or that receives bytes later, sends a reset, which destroys what the peer has not received yet. The methods {@code after…}
 * end the connection after a failure, unless it can continue, and return the exception to throw.
 *
 * @param raw the socket
 * @param core the state of TLS
 * @param input the input
 * @param output the output
 * @param locks the connection's locks
 * @param state how far the connection has ended
 * @param limits the time limit of a close
 */
record ConnectionEnd(
        RawSocket raw,
        TlsCore core,
        TlsInput input,
        TlsOutput output,
        TlsLocks locks,
        ConnectionState state,
        TlsLimits limits) {
    /** The number of decrypted bytes to keep. A peer that sends without end would fill the memory. */
    private static final int MAX_UNREAD = 1 << 20;

    private static final int CHUNK = 4096;

    /** Nothing may be written after this side's close_notify. */
    private static final TlsInput.Responses NO_RESPONSES = () -> {};

    /** A thread that makes several writes starts the next one within this time. */
    private static final long NEXT_WRITE_NANOS = 250_000_000;

    private static final long POLL_NANOS = 1_000_000;

    private Deadline deadline() {
        return Deadline.after(limits.closeTimeout());
    }

    /** A TLS 1.3 client that has never read may still receive the server's tickets. */
    void sendCloseNotify(boolean expectsTickets) {
        Deadline deadline = deadline();
        boolean waits = !locks.write().tryLock();
        if (waits && !TlsLocks.tryLock(locks.write(), deadline.nanosLeft())) {
            return;
        }
        try {
            if (!waits || !moreWritesWereRejected(deadline)) {
                output.closeNotify(deadline, Stage.CLOSE);
            }
        } catch (TransportException e) {
            // The peer cannot be reached.
        } finally {
            locks.write().unlock();
        }
        if (locks.read().tryLock()) {
            try {
                if (mayLoseData(expectsTickets)) {
                    drain(deadline);
                }
            } finally {
                locks.read().unlock();
            }
        }
    }

    /** Whether the write that this close waited for was only one of several writes of its thread. */
    private boolean moreWritesWereRejected(Deadline deadline) {
        Deadline moment = Deadline.in(NEXT_WRITE_NANOS).min(deadline);
        while (!state.writeRejected() && !moment.passed()) {
            LockSupport.parkNanos(POLL_NANOS);
        }
        return state.writeRejected();
    }

    /** Sends the alerts that the core adds. The caller holds the write lock. */
    private void sendAlerts(Supplier<Need> alerts, Timeout timeout) {
        try {
            output.sendAlerts(alerts, timeout);
        } catch (TransportException e) {
            // The peer cannot be reached.
        } catch (RuntimeException e) {
            // An engine that has failed may fail again.
        }
    }

    /** Ends the output, and discards the input until the peer ends too. The caller holds the read lock. */
    private void drain(Deadline deadline) {
        if (core.in().isEnded() || deadline.passed()) {
            return;
        }
        ByteBuffer discarded = BufferPool.HEAP.take(BufferPool.CAPACITY);
        try {
            raw.socket().shutdownOutput();
            discard(discarded.array(), deadline);
        } catch (IOException e) {
            // A reset, the deadline, or a close from another thread: there is nothing left to wait for.
        } finally {
            BufferPool.HEAP.release(discarded);
        }
    }

    private void discard(byte[] b, Deadline deadline) throws TransportException {
        int n = 0;
        while (n >= 0 && !deadline.passed()) {
            n = raw.wire().read(b, 0, b.length, deadline.soTimeout(), Stage.CLOSE);
        }
    }

    /**
     * Whether closing now could destroy written data before the peer receives it: bytes are unread, or a TLS 1.3 client has written
     * without ever reading, so that the server's tickets may still arrive. The caller holds the read lock.
     */
    private boolean mayLoseData(boolean expectsTickets) {
        return input.hasUnread()
                || expectsTickets
                        && core.out().wroteData()
                        && !core.in().receivedData()
                        && !core.in().isEnded();
    }

    /**
     * Ends TLS on a connection that continues: both sides send close_notify. Everything that arrived is pushed back to the raw socket: first
     * the decrypted bytes that were not read, then those after the peer's close_notify. The successor runs at the end, under both locks, when
     * no thread is inside the engine.
     */
    void detach(Runnable successor) throws TransportException {
        Deadline deadline = deadline();
        lock(locks.write(), deadline);
        try {
            output.closeNotify(deadline, Stage.CLOSE);
        } finally {
            locks.write().unlock();
        }
        // A reader that waits returns when the peer's close_notify arrives.
        lock(locks.read(), deadline);
        try {
            byte[] unread = readToTheEnd(deadline);
            lock(locks.write(), deadline);
            try {
                input.pushBack();
                raw.wire().unread(ByteBuffer.wrap(unread));
                successor.run();
            } finally {
                locks.write().unlock();
            }
        } finally {
            locks.read().unlock();
        }
    }

    private static void lock(ReentrantLock lock, Deadline deadline) throws TransportException {
        if (!TlsLocks.tryLock(lock, deadline.nanosLeft())) {
            if (Thread.currentThread().isInterrupted()) {
                throw TransportException.interrupted(Stage.CLOSE);
            }
            throw TransportException.timeout(
                    Stage.CLOSE, "another thread was still reading or writing at the deadline", null);
        }
    }

    private byte[] readToTheEnd(Deadline deadline) throws TransportException {
        ByteArrayOutputStream unread = new ByteArrayOutputStream();
        ByteBuffer chunk = ByteBuffer.allocate(CHUNK);
        int n = read(chunk, deadline);
        while (n >= 0) {
            unread.write(chunk.array(), 0, n);
            if (unread.size() > MAX_UNREAD) {
                throw TransportException.violation(
                        Stage.CLOSE, "the peer sent more than " + MAX_UNREAD + " bytes before its close_notify");
            }
            n = read(chunk, deadline);
        }
        return unread.toByteArray();
    }

    private int read(ByteBuffer chunk, Deadline deadline) throws TransportException {
        if (deadline.passed()) {
            throw noAnswer(null);
        }
        ReadWait wait = new ReadWait();
        wait.deadline(deadline);
        try {
            return input.read(chunk.clear(), wait, NO_RESPONSES);
        } catch (TransportException e) {
            throw e.reason() == Reason.TIMEOUT ? noAnswer(e) : e;
        }
    }

    private static TransportException noAnswer(@Nullable Throwable cause) {
        return TransportException.timeout(
                Stage.CLOSE, "the peer did not answer close_notify before the deadline", cause);
    }

    TransportException afterRead(TransportException e) {
        if (state.isClosed()) {
            return afterClose(e, Stage.READ);
        }
        switch (e.reason()) {
            case TIMEOUT, TRUNCATED -> {
                if (e.stage() != Stage.READ) {
                    end(e);
                }
            }
            case TLS, PROTOCOL_ABUSE -> {
                state.fail(e);
                sendAlertOfReader(e.reason());
                end(e);
            }
            default -> end(e);
        }
        return e;
    }

    /** Only the reader has failed. The writer stops at the next record. If it is stuck, no alert is sent. */
    private void sendAlertOfReader(Reason reason) {
        Deadline deadline = deadline();
        if (TlsLocks.tryLock(locks.write(), deadline.nanosLeft())) {
            try {
                sendAlerts(() -> core.fail(reason), deadline);
            } finally {
                locks.write().unlock();
            }
            drain(deadline);
        }
    }

    TransportException afterWrite(TransportException e) {
        if (state.isClosed()) {
            return afterClose(e, Stage.WRITE);
        }
        if (e.reason() == Reason.CLOSED && raw.isOpen() || keepsInput(e)) {
            return e;
        }
        if (e.reason() == Reason.TLS) {
            state.fail(e);
            sendAlerts(() -> core.fail(e.reason()), deadline());
        }
        return end(e);
    }

    /** The caller holds both locks. */
    TransportException afterHandshake(TransportException e, Deadline deadline) {
        if (state.isClosed()) {
            return afterClose(e, Stage.HANDSHAKE);
        }
        state.fail(e);
        switch (e.reason()) {
            case TLS, NOT_TLS, PROTOCOL_ABUSE, REFUSED -> {
                Deadline last = deadline().min(deadline);
                sendAlerts(() -> Need.NOTHING, last); // What waits to be sent leaves no room for the alert.
                sendAlerts(
                        () -> {
                            core.failHandshake(e);
                            return Need.NOTHING;
                        },
                        last);
                drain(last);
            }
            default -> {}
        }
        return end(e);
    }

    /** After a failed detach, neither TLS nor plaintext can continue. */
    TransportException afterDetach(TransportException e) {
        return state.isClosed() ? afterClose(e, Stage.CLOSE) : end(e);
    }

    /** A call that fails because of a close reports the close. */
    private TransportException afterClose(TransportException e, Stage stage) {
        return e.reason() == Reason.CLOSED ? state.closedException(stage) : e;
    }

    /** Whether the output has ended, but the peer's data can still be read. */
    private static boolean keepsInput(TransportException e) {
        return switch (e.reason()) {
            case PEER_CLOSED, RESET, IO -> true;
            default -> false;
        };
    }

    private TransportException end(TransportException e) {
        state.fail(e);
        raw.close();
        state.endUses();
        return e;
    }
}
