package io.sluice.internal.transport;

import io.sluice.internal.transport.TransportException.Reason;
import io.sluice.internal.transport.TransportException.Stage;

/**
 * What a failure does to a connection: the peer receives the alert that applies, and the socket is closed, unless the connection can
 * continue. Each method returns the exception to throw.
 *
 * @param close how the connection is closed
 * @param uses the uses of the engine
 */
record TlsFailures(TlsClose close, UseCount uses) {

    TransportException afterRead(TransportException e) {
        if (close.termination().begun()) {
            return e.reason() == Reason.CLOSED ? close.termination().reason(Stage.READ) : e;
        }
        switch (e.reason()) {
            case TIMEOUT, TRUNCATED -> {
                if (e.stage() != Stage.READ) {
                    end(e);
                }
            }
            case TLS, PROTOCOL_ABUSE -> {
                close.termination().failed(e);
                sendAlert(e.reason());
                end(e);
            }
            default -> end(e);
        }
        return e;
    }

    /** The reader alone has failed: the writer stops at the next record, or is stuck and goes without an alert. */
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
        if (close.termination().begun()) {
            return e.reason() == Reason.CLOSED ? close.termination().reason(Stage.WRITE) : e;
        }
        if (e.reason() == Reason.CLOSED && close.raw().isOpen() || leavesInput(e)) {
            return e;
        }
        if (e.reason() == Reason.TLS) {
            close.termination().failed(e);
            close.alert(e.reason(), close.deadline());
        }
        end(e);
        return e;
    }

    TransportException afterHandshake(TransportException e, Deadline deadline) {
        if (close.termination().begun()) {
            return e.reason() == Reason.CLOSED ? close.termination().reason(Stage.HANDSHAKE) : e;
        }
        close.termination().failed(e);
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

    /** There is no way back into TLS, and none to the raw bytes. */
    TransportException afterDetach(TransportException e) {
        if (close.termination().begun()) {
            return e.reason() == Reason.CLOSED ? close.termination().reason(Stage.CLOSE) : e;
        }
        end(e);
        return e;
    }

    /** The output is over, but what the peer sent before may still be read. */
    static boolean leavesInput(TransportException e) {
        return switch (e.reason()) {
            case PEER_CLOSED, RESET, IO -> true;
            default -> false;
        };
    }

    private void end(TransportException e) {
        close.termination().failed(e);
        close.raw().close();
        uses.close();
    }
}
