package io.sluice.internal.transport;

import io.sluice.internal.transport.TransportException.Reason;
import io.sluice.internal.transport.TransportException.Stage;
import org.jspecify.annotations.Nullable;

/** The handshake of a connection. It is done once, on request or when the first read or write needs it. Thread-safe. */
final class LazyHandshake {

    private final TlsClose close;
    /** Null after the handshake is done. */
    private volatile @Nullable TlsHandshake handshake;

    private volatile @Nullable TlsDetails details;

    LazyHandshake(TlsHandshake handshake, TlsClose close) {
        this.handshake = handshake;
        this.close = close;
    }

    /** Returns the result; null until the handshake is done. */
    @Nullable
    TlsDetails details() {
        return details;
    }

    void ensure() throws TransportException {
        TlsHandshake remaining = handshake;
        if (remaining == null) {
            return;
        }
        remaining.mutex().lock();
        try {
            run(remaining, close.limits().handshakeDeadline(), true);
        } finally {
            remaining.mutex().unlock();
        }
    }

    /** If the deadline passes first, nothing is lost: another call continues the handshake. */
    void within(Deadline deadline) throws TransportException {
        TlsHandshake remaining = handshake;
        if (remaining == null) {
            return;
        }
        if (!TlsLocks.tryLock(remaining.mutex(), deadline.nanosLeft())) {
            throw TlsHandshake.deadlineMissed(deadline, null);
        }
        try {
            run(remaining, deadline, false);
        } finally {
            remaining.mutex().unlock();
        }
    }

    /** If the read deadline interrupts the handshake, the next call continues it. */
    void beforeRead(Deadline reads) throws TransportException {
        if (handshake == null) {
            return;
        }
        Deadline own = close.limits().handshakeDeadline();
        if (reads != Deadline.NEVER && reads.min(own) == reads) {
            within(reads);
        } else {
            ensure();
        }
    }

    /** If {@code last} is false, a timeout leaves the connection open. */
    private void run(TlsHandshake remaining, Deadline deadline, boolean last) throws TransportException {
        if (handshake == null) {
            return;
        }
        close.termination().requireOpen(Stage.HANDSHAKE);
        Deadline forWrites = last ? deadline : Deadline.after(close.limits().handshakeTimeout());
        close.locks().read().lock();
        close.locks().write().lock();
        try {
            details = remaining.run(deadline, forWrites, last);
            handshake = null;
        } catch (TransportException e) {
            if (!last && e.reason() == Reason.TIMEOUT && close.raw().isOpen()) {
                throw e;
            }
            throw close.afterHandshake(e, deadline);
        } finally {
            close.writer().release();
            close.locks().write().unlock();
            close.locks().read().unlock();
        }
    }
}
