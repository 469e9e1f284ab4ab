package io.sluice.internal.transport;

import io.sluice.internal.tls.TlsCore;
import io.sluice.internal.tls.TlsCore.Need;
import io.sluice.internal.tls.TransportException;
import io.sluice.internal.tls.TransportException.Reason;
import io.sluice.internal.tls.TransportException.Stage;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The handshake of a connection. It is done once, on request or when the first read or write needs it, under both locks. After a timeout
 * nothing is lost: it may be continued. Thread-safe.
 */
final class TlsHandshake {
    /**
     * Acquired before the other locks. A thread that waits for the handshake must not wait for the read lock, which a reader holds until
     * data arrives.
     */
    private final ReentrantLock mutex = new ReentrantLock();

    private final TlsCore core;
    private final RawSocket raw;
    private final TlsInput input;
    private final TlsOutput output;
    private final ConnectionEnd end;
    private volatile boolean done;
    private volatile @Nullable HandshakeListener listener;
    private Deadline deadline = Deadline.NEVER;
    private Deadline timeout = Deadline.NEVER;
    /** The watchdog ends the connection at the deadline, so that a wait needs no timeout of its own. */
    private boolean watched;

    TlsHandshake(ConnectionEnd end) {
        this.core = end.core();
        this.raw = end.raw();
        this.input = end.input();
        this.output = end.output();
        this.end = end;
    }

    void tell(HandshakeListener told) {
        listener = told;
        if (told.wantsHello()) {
            core.keepHello();
        }
    }

    boolean isDone() {
        return done;
    }

    /** Does the handshake within its own deadline. */
    void ensure() throws TransportException {
        mutex.lock();
        try {
            run(end.limits().handshakeDeadline(), true);
        } finally {
            mutex.unlock();
        }
    }

    /** If the deadline passes first, nothing is lost: another call continues the handshake. */
    void within(Deadline last) throws TransportException {
        if (!last.tryLock(mutex)) {
            throw deadlineMissed(last, null);
        }
        try {
            run(last, false);
        } finally {
            mutex.unlock();
        }
    }

    /** If the read deadline interrupts the handshake, the next call continues it. */
    void beforeRead(Deadline reads) throws TransportException {
        Deadline own = end.limits().handshakeDeadline();
        if (reads != Deadline.NEVER && reads.min(own) == reads) {
            within(reads);
        } else {
            ensure();
        }
    }

    /** If {@code last} is false, a timeout leaves the connection open. */
    private void run(Deadline until, boolean last) throws TransportException {
        if (done) {
            return;
        }
        end.state().requireOpen(Stage.HANDSHAKE);
        HandshakeListener told = listener;
        if (told != null) {
            told.begun();
        }
        deadline = until;
        timeout = last ? until : Deadline.after(end.limits().handshakeTimeout());
        watched = last && raw.endsWhenClosed();
        input.lock().lock();
        output.lock().lock();
        try {
            complete();
            done = true;
        } catch (TransportException e) {
            if (!last && e.reason() == Reason.TIMEOUT && raw.isOpen()) {
                throw e;
            }
            if (told != null) {
                told.failed(core::evidence);
            }
            throw end.afterHandshake(e, until);
        } finally {
            output.release();
            output.lock().unlock();
            input.lock().unlock();
        }
        if (told != null) {
            told.completed(core.takeHello());
        }
    }

    private void complete() throws TransportException {
        Need need = advance();
        while (need != Need.NOTHING) {
            switch (need) {
                case TASK -> core.runTasks();
                case ROOM -> output.flush(timeout, Stage.HANDSHAKE);
                default -> receive();
            }
            need = advance();
        }
        sendLastFlight();
    }

    private Need advance() throws TransportException {
        raw.requireOpen(Stage.HANDSHAKE);
        requireTimeLeft();
        return core.handshake();
    }

    private void requireTimeLeft() throws TransportException {
        if (deadline.passed() && core.details() == null) {
            output.flush(timeout, Stage.HANDSHAKE);
            throw deadlineMissed(deadline, null);
        }
    }

    /** Sends the last flight and the tickets. A peer that has left after its own last flight may have sent data before. */
    private void sendLastFlight() throws TransportException {
        try {
            output.flush(timeout, Stage.HANDSHAKE);
        } catch (TransportException e) {
            if (e.reason() != Reason.RESET && e.reason() != Reason.PEER_CLOSED) {
                throw e;
            }
        }
    }

    private void receive() throws TransportException {
        // What has already arrived may add to this side's flight, so that it leaves in one write.
        if (input.mustWait()) {
            output.flush(timeout, Stage.HANDSHAKE);
            output.release();
        }
        core.in().trim();
        requireTimeLeft();
        boolean any;
        try {
            any = watched ? fillWatched() : input.fill(deadline.soTimeout(), Stage.HANDSHAKE);
        } catch (TransportException e) {
            throw e.reason() == Reason.TIMEOUT ? deadlineMissed(deadline, e.getCause()) : e;
        }
        if (raw.watchdog().expired()) {
            throw deadlineMissed(deadline, null);
        }
        if (!any) {
            throw TransportException.closedInHandshake();
        }
    }

    private boolean fillWatched() throws TransportException {
        raw.watchdog().begin(deadline);
        try {
            return input.fill(0, Stage.HANDSHAKE);
        } finally {
            raw.watchdog().end();
        }
    }

    private static TransportException deadlineMissed(Deadline missed, @Nullable Throwable cause) {
        return TransportException.timeout(
                Stage.HANDSHAKE, "the handshake did not complete within its deadline of " + missed.limit(), cause);
    }
}
