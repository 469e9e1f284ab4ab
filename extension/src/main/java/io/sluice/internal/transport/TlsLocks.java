package io.sluice.internal.transport;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The locks of a TLS connection, in the order in which they are acquired. No thread waits for the read lock while it holds the
 * write lock.
 *
 * @param read covers receiving
 * @param write covers sending, so that records leave in order
 */
record TlsLocks(ReentrantLock read, ReentrantLock write) {
    TlsLocks() {
        this(new ReentrantLock(), new ReentrantLock());
    }

    /** An interrupt ends the wait, as it would end a connection. */
    static boolean tryLock(ReentrantLock lock, long nanos) {
        try {
            return lock.tryLock() || lock.tryLock(nanos, TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
