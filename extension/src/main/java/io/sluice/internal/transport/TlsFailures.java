package io.sluice.internal.transport;

/**
 * What a failure does to a connection: the peer is told what there is to tell, and the socket is closed, unless the connection
 * can go on. Each method gives the exception to throw.
 */
record TlsFailures(
        RawSocket raw,
        TlsLimits limits,
        TlsReader reader,
        TlsWriter writer,
        Termination ending,
        UseCount occupancy,
        TlsLocks locks) {

    TransportException afterRead(TransportException e) {
        if (ending.begun()) {
            return e.fault() == Fault.CLOSED ? ending.reason(Stage.READ) : e;
        }
        switch (e.fault()) {
            case TIMEOUT, TRUNCATED -> {
                if (e.stage() != Stage.READ) {
                    end(e);
                }
            }
            case TLS, PROTOCOL_ABUSE -> {
                ending.failed(e);
                sayFarewell(e.fault());
                end(e);
            }
            default -> end(e);
        }
        return e;
    }

    /** The reader alone has failed: the writer stops at the next record, or is stuck and goes without an alert. */
    private void sayFarewell(Fault fault) {
        Deadline deadline = Deadline.in(Deadline.nanos(limits.closeTimeout()));
        ClosingAlerts farewell = new ClosingAlerts(raw, reader, writer);
        if (TlsLocks.tryLock(locks.write(), deadline.nanosLeft())) {
            try {
                farewell.alert(fault, deadline);
            } finally {
                locks.write().unlock();
            }
            farewell.drain(deadline);
        }
    }

    TransportException afterWrite(TransportException e) {
        if (ending.begun()) {
            return e.fault() == Fault.CLOSED ? ending.reason(Stage.WRITE) : e;
        }
        if (e.fault() == Fault.CLOSED && raw.isOpen() || leavesInput(e)) {
            return e;
        }
        if (e.fault() == Fault.TLS) {
            ending.failed(e);
            new ClosingAlerts(raw, reader, writer).alert(e.fault(), Deadline.in(Deadline.nanos(limits.closeTimeout())));
        }
        end(e);
        return e;
    }

    TransportException afterHandshake(TransportException e, Deadline deadline) {
        if (ending.begun()) {
            return e.fault() == Fault.CLOSED ? ending.reason(Stage.HANDSHAKE) : e;
        }
        ending.failed(e);
        switch (e.fault()) {
            case TLS, NOT_TLS, PROTOCOL_ABUSE -> {
                Deadline last =
                        Deadline.in(Deadline.nanos(limits.closeTimeout())).orEarlier(deadline);
                ClosingAlerts farewell = new ClosingAlerts(raw, reader, writer);
                farewell.refusal(e, last);
                farewell.drain(last);
            }
            default -> {}
        }
        end(e);
        return e;
    }

    /** There is no way back into TLS, and none to the raw bytes. */
    TransportException afterDetach(TransportException e) {
        if (ending.begun()) {
            return e.fault() == Fault.CLOSED ? ending.reason(Stage.CLOSE) : e;
        }
        end(e);
        return e;
    }

    /** The output is over, but what the peer sent before may still be read. */
    static boolean leavesInput(TransportException e) {
        return switch (e.fault()) {
            case PEER_CLOSED, RESET, IO -> true;
            default -> false;
        };
    }

    private void end(TransportException e) {
        ending.failed(e);
        raw.close();
        occupancy.shut();
    }
}
