package io.sluice.stream.transport;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

/** How a connection came to its end: by close, or by its first failure. */
final class Ending {
    private final AtomicBoolean begun = new AtomicBoolean();
    private final AtomicReference<TransportException> failure = new AtomicReference<>();

    /** True for the one who ends it. */
    boolean begin() {
        return begun.compareAndSet(false, true);
    }

    boolean begun() {
        return begun.get();
    }

    void failed(TransportException e) {
        if (failure.compareAndSet(null, e)) {
            begun.set(true);
        }
    }

    void refuse(Stage stage) throws TransportException {
        if (begun.get()) {
            throw reason(stage);
        }
    }

    void refuseIfFailed(Stage stage) throws TransportException {
        if (failure.get() != null) {
            throw reason(stage);
        }
    }

    /** What to tell a caller who comes too late: a handshake's failure as it is, anything else as a closed connection. */
    TransportException reason(Stage stage) {
        TransportException first = failure.get();
        if (first == null) {
            return new TransportException(stage, Fault.CLOSED, "the connection was closed by this side", null);
        }
        if (first.stage() == Stage.HANDSHAKE) {
            return first.again();
        }
        return new TransportException(
                stage, Fault.CLOSED, "the connection was ended by an earlier failure: " + first.getMessage(), first);
    }
}
