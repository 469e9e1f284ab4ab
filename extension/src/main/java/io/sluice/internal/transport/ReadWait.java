package io.sluice.internal.transport;

import io.sluice.internal.tls.TransportException;
import io.sluice.internal.tls.TransportException.Stage;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/** The time limits of reads: the timeout between two arrivals, and the deadline of all reads. Thread-safe. */
final class ReadWait {
    private volatile int timeout;
    private volatile Deadline deadline = Deadline.NEVER;

    void timeout(Duration between) {
        timeout = Deadline.soTimeout(between);
    }

    void deadline(Deadline last) {
        deadline = last;
    }

    Deadline deadline() {
        return deadline;
    }

    /** Returns the SO_TIMEOUT of a wait that begins now; 0 means no limit. After the deadline it throws. */
    int soTimeout() throws TransportException {
        Deadline last = deadline;
        if (last.passed()) {
            throw TransportException.timeout(Stage.READ, "the read deadline has passed", null);
        }
        int left = last.soTimeout();
        int between = timeout;
        return left == 0 || between != 0 && between < left ? between : left;
    }

    /** A read waits for another read no longer than for bytes. */
    void lock(ReentrantLock lock) throws TransportException {
        int wait = soTimeout();
        if (wait == 0) {
            lock.lock();
        } else if (!Deadline.tryLock(lock, TimeUnit.MILLISECONDS.toNanos(wait))) {
            throw lockNotAcquired();
        }
    }

    /** Returns the reason why the lock was not acquired. */
    private static TransportException lockNotAcquired() {
        return Thread.currentThread().isInterrupted()
                ? TransportException.interrupted(Stage.READ)
                : TransportException.timeout(Stage.READ, "another thread was still reading at the deadline", null);
    }
}
