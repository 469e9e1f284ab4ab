package io.sluice.internal.transport;

import io.sluice.internal.transport.TransportException.Reason;
import io.sluice.internal.transport.TransportException.Stage;

/**
 * Ends a connection after a failure: the peer receives the appropriate alert, and the socket is closed, unless the connection can
 * continue. Each method returns the exception to throw.
 *
 * @param close how the connection is closed
 * @param uses the uses of the engine
 */
record TlsFailures(TlsClose close, UseCount uses) {

    TransportException afterRead(TransportException e) {
        if (close.termination().isClosed()) {
            return e.reason() == Reason.CLOSED ? close.termination().closedException(Stage.READ) : e;
        }
        switch (e.reason()) {
            case TIMEOUT, TRUNCATED -> {
                if (e.stage() != Stage.READ) {
                    end(e);
                }
            }
            case TLS, PROTOCOL_ABUSE -> {
                close.termination().markFailed(e);
                sendAlert(e.reason());
                end(e);
            }
            default -> end(e);
        }
        return e;
    }

    /** Only the reader has failed. The writer stops at the next record. If it is stuck, no alert is sent. */
    private void sendAlert(Reason fault) {
        Deadline deadline = close.deadline();
        if (TlsLocks.tryLock(close.locks().write(), deadline.nanosLeft())) {
            try {
                close.alert(fault, deadline);
            } finally {
                close.locks().write().unlock();
            }
            close.drain(deadline);
        }
    }

    TransportException afterWrite(TransportException e) {
        if (close.termination().isClosed()) {
            return e.reason() == Reason.CLOSED ? close.termination().closedException(Stage.WRITE) : e;
        }
        if (e.reason() == Reason.CLOSED && close.raw().isOpen() || keepsInput(e)) {
            return e;
        }
        if (e.reason() == Reason.TLS) {
            close.termination().markFailed(e);
            close.alert(e.reason(), close.deadline());
        }
        end(e);
        return e;
    }

    TransportException afterHandshake(TransportException e, Deadline deadline) {
        if (close.termination().isClosed()) {
            return e.reason() == Reason.CLOSED ? close.termination().closedException(Stage.HANDSHAKE) : e;
        }
        close.termination().markFailed(e);
        switch (e.reason()) {
            case TLS, NOT_TLS, PROTOCOL_ABUSE -> {
                Deadline last = close.deadline().min(deadline);
                close.refusal(e, last);
                close.drain(last);
            }
            default -> {}
        }
        end(e);
        return e;
    }

    /** After a failed detach, neither TLS nor plaintext can continue. */
    TransportException afterDetach(TransportException e) {
        if (close.termination().isClosed()) {
            return e.reason() == Reason.CLOSED ? close.termination().closedException(Stage.CLOSE) : e;
        }
        end(e);
        return e;
    }

    /** Whether the output has ended, but the peer's data can still be read. */
    static boolean keepsInput(TransportException e) {
        return switch (e.reason()) {
            case PEER_CLOSED, RESET, IO -> true;
            default -> false;
        };
    }

    private void end(TransportException e) {
        close.termination().markFailed(e);
        close.raw().close();
        uses.close();
    }
}
