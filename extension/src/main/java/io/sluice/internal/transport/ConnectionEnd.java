package io.sluice.internal.transport;

import io.sluice.internal.tls.TlsCore;
import io.sluice.internal.tls.TlsCore.Need;
import io.sluice.internal.tls.TlsDetails;
import io.sluice.internal.tls.TransportException;
import io.sluice.internal.tls.TransportException.Reason;
import io.sluice.internal.tls.TransportException.Stage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

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
 * @param state how far the connection has ended
 * @param limits the time limit of a close
 */
record ConnectionEnd(
        RawSocket raw, TlsCore core, TlsInput input, TlsOutput output, ConnectionState state, TlsLimits limits) {
    /** A thread that makes several writes starts the next one within this time. */
    private static final long NEXT_WRITE_NANOS = 250_000_000;

    private static final long POLL_NANOS = 1_000_000;

    Deadline deadline() {
        return Deadline.after(limits.closeTimeout());
    }

    /** A step of a call. */
    interface Step {
        void run() throws TransportException;
    }

    /** Runs a step, during which the engine is not released. An unexpected failure ends the connection. */
    void inside(Stage stage, Step step) throws TransportException {
        state.enter(stage);
        try {
            step.run();
        } catch (RuntimeException | Error e) {
            abort();
            throw e;
        } finally {
            state.leave();
        }
    }

    /** Ends this side's output, and leaves the input open. */
    void endOutput() throws TransportException {
        output.lock().lock();
        try {
            state.requireOpen(Stage.WRITE);
            output.closeNotify(output.writeTimeout(), Stage.WRITE);
            raw.shutdownOutput(Stage.WRITE);
        } catch (TransportException e) {
            throw afterWrite(e);
        } finally {
            output.lock().unlock();
        }
    }

    /** Does not wait for the write lock, which a stuck writer holds. This releases the writer. */
    void abortOutput() throws TransportException {
        output.abort();
        raw.shutdownOutput(Stage.WRITE);
    }

    /** What was decrypted can still be read. */
    void endInput() throws TransportException {
        state.shutInput();
        raw.shutdownInput(Stage.READ);
    }

    void abortInput() throws TransportException {
        state.discardInput();
        raw.shutdownInput(Stage.READ);
    }

    /** Closes within the close timeout. The state is closed already. Without a handshake there is no close_notify. */
    void close(boolean hasHandshake) {
        boolean interrupted = Thread.interrupted();
        boolean inside = state.enter();
        try {
            if (inside && hasHandshake) {
                sendCloseNotify();
            }
        } catch (RuntimeException e) {
            // A failed engine has no close_notify.
        } finally {
            raw.close();
            state.endUses();
            if (inside) {
                state.leave();
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    void abort() {
        state.close();
        raw.close();
        state.endUses();
    }

    private void sendCloseNotify() {
        Deadline deadline = deadline();
        boolean waits = !output.lock().tryLock();
        if (waits && !deadline.tryLock(output.lock())) {
            return;
        }
        try {
            if (!waits || !moreWritesWereRejected(deadline)) {
                output.closeNotify(deadline, Stage.CLOSE);
            }
        } catch (TransportException e) {
            // The peer cannot be reached.
        } finally {
            output.lock().unlock();
        }
        if (input.lock().tryLock()) {
            try {
                if (mayLoseData()) {
                    drain(deadline);
                }
            } finally {
                input.lock().unlock();
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
    private void sendAlerts(Supplier<Need> alerts, Deadline timeout) {
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
        ByteBuffer discarded = BufferPool.HEAP.take(BufferPool.HEAP.capacity());
        try {
            raw.socket().shutdownOutput();
            discard(discarded.array(), deadline);
        } catch (IOException | RuntimeException e) {
            // A reset, the deadline, a close from another thread, or a socket of the application that fails.
        } finally {
            BufferPool.HEAP.release(discarded);
        }
    }

    private void discard(byte[] b, Deadline deadline) throws TransportException {
        int n = 0;
        int most = raw.input().atOnce(b.length);
        while (n >= 0 && !deadline.passed()) {
            n = raw.input().read(b, 0, most, deadline.soTimeout(), Stage.CLOSE);
        }
    }

    /**
     * Whether closing now could destroy written data before the peer receives it: bytes are unread, or a TLS 1.3 client has written
     * without ever reading, so that the server's tickets may still arrive. The caller holds the read lock.
     */
    private boolean mayLoseData() {
        return input.hasUnread()
                || core.out().wroteData()
                        && !core.in().receivedData()
                        && !core.in().isEnded()
                        && expectsTickets();
    }

    private boolean expectsTickets() {
        TlsDetails agreed = core.details();
        return agreed != null
                && core.engine().getUseClientMode()
                && agreed.protocol().equals("TLSv1.3");
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
                try {
                    sendAlertOfReader(e.reason());
                } finally {
                    end(e);
                }
            }
            default -> end(e);
        }
        return e;
    }

    /** Only the reader has failed. The writer stops at the next record. If it is stuck, no alert is sent. */
    private void sendAlertOfReader(Reason reason) {
        Deadline deadline = deadline();
        if (deadline.tryLock(output.lock())) {
            try {
                sendAlerts(() -> core.fail(reason), deadline);
            } finally {
                output.lock().unlock();
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
