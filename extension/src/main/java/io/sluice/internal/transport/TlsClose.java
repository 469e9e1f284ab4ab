package io.sluice.internal.transport;

import io.sluice.internal.transport.TransportException.Reason;
import io.sluice.internal.transport.TransportException.Stage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Ends a connection: with one close_notify after the write in progress, or with an alert after a failure. If the write has to be cut at the
 * deadline, no close_notify is sent, so that the peer can detect the truncation. Then the peer gets time to read. A socket that is closed with
 * unread bytes, or that receives bytes later, sends a reset, which destroys what the peer has not received yet. The methods {@code after…}
 * end the connection after a failure, unless it can continue, and return the exception to throw.
 *
 * @param raw the socket
 * @param reader the input
 * @param writer the output
 * @param locks the connection's locks
 * @param termination the state of the connection's end
 * @param limits the time limit of a close
 * @param uses the uses of the engine
 */
record TlsClose(
        RawSocket raw,
        TlsReader reader,
        TlsWriter writer,
        TlsLocks locks,
        Termination termination,
        TlsLimits limits,
        UseCount uses) {
    /** The number of decrypted bytes to keep. A peer that sends without end would fill the memory. */
    private static final int MAX_UNREAD = 1 << 20;

    private static final int CHUNK = 4096;

    /** Nothing may be written after this side's close_notify. */
    private static final TlsReader.Responses NO_RESPONSES = () -> {};

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
                closeNotify(deadline);
            }
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
        while (!termination.writeRejected() && !moment.passed()) {
            LockSupport.parkNanos(POLL_NANOS);
        }
        return termination.writeRejected();
    }

    /** Sends close_notify. The caller holds the write lock. */
    private void closeNotify(Timeout timeout) {
        try {
            writer.close(timeout, Stage.CLOSE);
        } catch (TransportException e) {
            // The peer cannot be reached.
        }
    }

    /**
     * Sends the alert for the failure, and never close_notify, so that the peer can see that data may be missing. The caller holds the
     * write lock.
     */
    private void sendAlert(Reason reason, Timeout timeout) {
        try {
            if (reason == Reason.PROTOCOL_ABUSE) {
                reader.forceAlert();
            }
            writer.sendAlerts(timeout, Stage.CLOSE);
        } catch (TransportException e) {
            // The peer cannot be reached.
        }
    }

    /** Sends the alert of a failed handshake. The caller holds both locks. */
    private void sendHandshakeAlert(TransportException failure, Timeout timeout) {
        try {
            if (failure.reason() != Reason.TLS) {
                writer.flush(timeout, Stage.CLOSE);
                if (writer.isPlaintext()) {
                    sendInPlaintext(TlsAlert.ofHandshake(failure), timeout);
                    return;
                }
                reader.forceAlert();
                reader.provokeAlert();
            }
            writer.sendHandshakeAlerts(TlsAlert.ofHandshake(failure), timeout, Stage.CLOSE);
        } catch (TransportException e) {
            // The peer cannot be reached.
        } catch (RuntimeException e) {
            // An engine that has failed may fail again.
        }
    }

    /** For when the engine was not called yet, or has no alert. */
    private void sendInPlaintext(int alert, Timeout timeout) throws TransportException {
        writer.sendInPlaintext(RecordHeader.clearAlert(alert), timeout, Stage.CLOSE);
    }

    /** Ends the output, and discards the input until the peer ends too. The caller holds the read lock. */
    private void drain(Deadline deadline) {
        if (reader.isEnded() || deadline.passed()) {
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
        return reader.hasUnread()
                || expectsTickets && writer.wroteData() && !reader.receivedData() && !reader.isEnded();
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
            writer.close(deadline, Stage.CLOSE);
        } finally {
            locks.write().unlock();
        }
        // A reader that waits returns when the peer's close_notify arrives.
        lock(locks.read(), deadline);
        try {
            byte[] unread = readToTheEnd(deadline);
            lock(locks.write(), deadline);
            try {
                reader.input().pushBack();
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
        byte[] chunk = new byte[CHUNK];
        int n = read(chunk, deadline);
        while (n >= 0) {
            unread.write(chunk, 0, n);
            if (unread.size() > MAX_UNREAD) {
                throw TransportException.violation(
                        Stage.CLOSE, "the peer sent more than " + MAX_UNREAD + " bytes before its close_notify");
            }
            n = read(chunk, deadline);
        }
        return unread.toByteArray();
    }

    private int read(byte[] chunk, Deadline deadline) throws TransportException {
        if (deadline.passed()) {
            throw noAnswer(null);
        }
        ReadWait wait = new ReadWait();
        wait.deadline(deadline);
        try {
            return reader.read(chunk, 0, chunk.length, wait, NO_RESPONSES);
        } catch (TransportException e) {
            throw e.reason() == Reason.TIMEOUT ? noAnswer(e) : e;
        }
    }

    private static TransportException noAnswer(@Nullable Throwable cause) {
        return TransportException.timeout(
                Stage.CLOSE, "the peer did not answer close_notify before the deadline", cause);
    }

    TransportException afterRead(TransportException e) {
        if (termination.isClosed()) {
            return afterClose(e, Stage.READ);
        }
        switch (e.reason()) {
            case TIMEOUT, TRUNCATED -> {
                if (e.stage() != Stage.READ) {
                    end(e);
                }
            }
            case TLS, PROTOCOL_ABUSE -> {
                termination.markFailed(e);
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
                sendAlert(reason, deadline);
            } finally {
                locks.write().unlock();
            }
            drain(deadline);
        }
    }

    TransportException afterWrite(TransportException e) {
        if (termination.isClosed()) {
            return afterClose(e, Stage.WRITE);
        }
        if (e.reason() == Reason.CLOSED && raw.isOpen() || keepsInput(e)) {
            return e;
        }
        if (e.reason() == Reason.TLS) {
            termination.markFailed(e);
            sendAlert(e.reason(), deadline());
        }
        return end(e);
    }

    TransportException afterHandshake(TransportException e, Deadline deadline) {
        if (termination.isClosed()) {
            return afterClose(e, Stage.HANDSHAKE);
        }
        termination.markFailed(e);
        switch (e.reason()) {
            case TLS, NOT_TLS, PROTOCOL_ABUSE, REFUSED -> {
                Deadline last = deadline().min(deadline);
                sendHandshakeAlert(e, last);
                drain(last);
            }
            default -> {}
        }
        return end(e);
    }

    /** After a failed detach, neither TLS nor plaintext can continue. */
    TransportException afterDetach(TransportException e) {
        return termination.isClosed() ? afterClose(e, Stage.CLOSE) : end(e);
    }

    /** A call that fails because of a close reports the close. */
    private TransportException afterClose(TransportException e, Stage stage) {
        return e.reason() == Reason.CLOSED ? termination.closedException(stage) : e;
    }

    /** Whether the output has ended, but the peer's data can still be read. */
    private static boolean keepsInput(TransportException e) {
        return switch (e.reason()) {
            case PEER_CLOSED, RESET, IO -> true;
            default -> false;
        };
    }

    private TransportException end(TransportException e) {
        termination.markFailed(e);
        raw.close();
        uses.close();
        return e;
    }
}
