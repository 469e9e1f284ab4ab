package io.sluice.stream.transport;

import java.util.concurrent.locks.LockSupport;

/**
 * The end of an established connection: one close_notify behind the write in progress. Where that has to be cut at the deadline,
 * there is none, so that the peer does not take the part for the whole.
 *
 * @param raw the socket
 * @param reader what has come
 * @param writer what goes out
 * @param locks the connection's
 * @param ending how the connection ends
 */
record Goodbye(RawSocket raw, TlsReader reader, TlsWriter writer, TlsLocks locks, Ending ending) {
    /** Who writes in pieces comes back at once with the next. */
    private static final long NEXT_PIECE_NANOS = 250_000_000;

    private static final long LOOK_NANOS = 1_000_000;

    /** A client of TLS 1.3 that never read may still expect the server's tickets. */
    void say(boolean expectsTickets, Deadline deadline) {
        boolean waits = !locks.write().tryLock();
        if (waits && !TlsLocks.tryLock(locks.write(), deadline.nanosLeft())) {
            return;
        }
        Farewell farewell = new Farewell(raw, reader, writer);
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

    /** Whether the write that was waited for was only a piece of what its thread has to write. */
    private boolean morePiecesWereRefused(Deadline deadline) {
        Deadline moment = Deadline.in(NEXT_PIECE_NANOS).orEarlier(deadline);
        while (!ending.writeRefused() && !moment.passed()) {
            LockSupport.parkNanos(LOOK_NANOS);
        }
        return ending.writeRefused();
    }
}
