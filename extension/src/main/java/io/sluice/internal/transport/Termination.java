package io.sluice.internal.transport;

import io.sluice.internal.transport.TransportException.Reason;
import io.sluice.internal.transport.TransportException.Stage;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import org.jspecify.annotations.Nullable;

/** How a connection came to its end: by close, or by its first failure. */
final class Termination {
    private static final AtomicIntegerFieldUpdater<Termination> BEGUN =
            AtomicIntegerFieldUpdater.newUpdater(Termination.class, "begun");
    private static final AtomicReferenceFieldUpdater<Termination, @Nullable TransportException> FAILURE =
            AtomicReferenceFieldUpdater.newUpdater(Termination.class, TransportException.class, "failure");

    /** 1 from the beginning of the end on. */
    private volatile int begun;

    private volatile @Nullable TransportException failure;
    /** Somebody wanted to write after the end had begun. */
    private volatile boolean writeRefused;

    /** True for the one who ends it. */
    boolean begin() {
        return BEGUN.compareAndSet(this, 0, 1);
    }

    boolean begun() {
        return begun == 1;
    }

    void failed(TransportException e) {
        if (FAILURE.compareAndSet(this, null, e)) {
            begun = 1;
        }
    }

    void refuse(Stage stage) throws TransportException {
        if (begun()) {
            throw reason(stage);
        }
    }

    void refuseWrite() throws TransportException {
        if (begun()) {
            writeRefused = true;
            throw reason(Stage.WRITE);
        }
    }

    boolean writeRefused() {
        return writeRefused;
    }

    void refuseIfFailed(Stage stage) throws TransportException {
        if (failure != null) {
            throw reason(stage);
        }
    }

    /** What to tell a caller who comes too late: a handshake's failure as it is, anything else as a closed connection. */
    TransportException reason(Stage stage) {
        TransportException first = failure;
        if (first == null) {
            return new TransportException(stage, Reason.CLOSED, "the connection was closed by this side", null);
        }
        if (first.stage() == Stage.HANDSHAKE) {
            return first.again();
        }
        return new TransportException(
                stage, Reason.CLOSED, "the connection was ended by an earlier failure: " + first.getMessage(), first);
    }
}
