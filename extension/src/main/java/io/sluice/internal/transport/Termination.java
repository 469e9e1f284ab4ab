package io.sluice.internal.transport;

import io.sluice.internal.transport.TransportException.Reason;
import io.sluice.internal.transport.TransportException.Stage;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import org.jspecify.annotations.Nullable;

/** The end of a connection: by close, or by its first failure. Thread-safe. */
final class Termination {
    private static final AtomicIntegerFieldUpdater<Termination> CLOSED =
            AtomicIntegerFieldUpdater.newUpdater(Termination.class, "closed");
    private static final AtomicReferenceFieldUpdater<Termination, @Nullable TransportException> FAILURE =
            AtomicReferenceFieldUpdater.newUpdater(Termination.class, TransportException.class, "failure");

    /** 1 after a close or a failure. */
    private volatile int closed;

    private volatile @Nullable TransportException failure;
    /** A write was attempted after the connection was closed. */
    private volatile boolean writeRejected;

    /** Returns true for the first call. */
    boolean markClosed() {
        return CLOSED.compareAndSet(this, 0, 1);
    }

    boolean isClosed() {
        return closed == 1;
    }

    void markFailed(TransportException e) {
        if (FAILURE.compareAndSet(this, null, e)) {
            closed = 1;
        }
    }

    void requireOpen(Stage stage) throws TransportException {
        if (isClosed()) {
            throw closedException(stage);
        }
    }

    void requireOpenForWrite() throws TransportException {
        if (isClosed()) {
            writeRejected = true;
            throw closedException(Stage.WRITE);
        }
    }

    boolean writeRejected() {
        return writeRejected;
    }

    void requireNotFailed(Stage stage) throws TransportException {
        if (failure != null) {
            throw closedException(stage);
        }
    }

    /** Returns the exception for a later call: the failure itself if the handshake failed, otherwise a closed connection. */
    TransportException closedException(Stage stage) {
        TransportException first = failure;
        if (first == null) {
            return TransportException.closed(stage);
        }
        if (first.stage() == Stage.HANDSHAKE) {
            return first.copy();
        }
        return new TransportException(
                stage, Reason.CLOSED, "an earlier failure ended the connection: " + first.getMessage(), first);
    }
}
