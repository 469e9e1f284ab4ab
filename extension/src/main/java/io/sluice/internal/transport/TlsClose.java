package io.sluice.internal.transport;

import java.util.concurrent.locks.LockSupport;

/**
 * The end of an established connection: one close_notify behind the write in progress. If the write has to be cut at
 * the deadline, no close_notify is sent, so that the peer can see the truncation.
 *
 * @param raw the socket
 * @param reader what has come
 * @param writer what goes out
 * @param locks the connection's
 * @param ending how the connection ends
 */
record TlsClose(RawSocket raw, TlsReader reader, TlsWriter writer, TlsLocks locks, Termination ending) {
    /** A thread that writes in pieces continues at once with the next piece. */
    private static final long NEXT_PIECE_NANOS = 250_000_000;

    private static final long LOOK_NANOS = 1_000_000;

    /** A client of TLS 1.3 that never read may still expect the server's tickets. */
    void say(boolean expectsTickets, Deadline deadline) {
        boolean waits = !locks.write().tryLock();
        if (waits && !TlsLocks.tryLock(locks.write(), deadline.nanosLeft())) {
            return;
        }
        ClosingAlerts farewell = new ClosingAlerts(raw, reader, writer);
        try {
            if (!waits || !morePiecesWereRefused(deadline)) {
                farewell.closeNotify(deadline);
            }
        } finally {
            locks.write().unlock();
        }
        if (locks.read().tryLock()) {
            try {
                if (farewell.unheard(expectsTickets)) {
                    farewell.drain(deadline);
                }
            } finally {
                locks.read().unlock();
            }
        }
    }

    /** Whether the write that this close waited for was only one of several that its thread makes. */
    private boolean morePiecesWereRefused(Deadline deadline) {
        Deadline moment = Deadline.in(NEXT_PIECE_NANOS).orEarlier(deadline);
        while (!ending.writeRefused() && !moment.passed()) {
            LockSupport.parkNanos(LOOK_NANOS);
        }
        return ending.writeRefused();
    }
}
