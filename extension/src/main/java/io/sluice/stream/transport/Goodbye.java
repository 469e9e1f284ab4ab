package io.sluice.stream.transport;

/**
 * The end of an established connection: one close_notify, unless a writer is stuck until the deadline.
 *
 * @param raw the socket
 * @param reader what has come
 * @param writer what goes out
 * @param locks the connection's
 */
record Goodbye(RawSocket raw, TlsReader reader, TlsWriter writer, TlsLocks locks) {
    /** A client of TLS 1.3 that never read may still expect the server's tickets. */
    void say(boolean expectsTickets, Deadline deadline) {
        if (!TlsLocks.tryLock(locks.write(), deadline.nanosLeft())) {
            return;
        }
        Farewell farewell = new Farewell(raw, reader, writer);
        try {
            farewell.closeNotify(deadline);
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
}
