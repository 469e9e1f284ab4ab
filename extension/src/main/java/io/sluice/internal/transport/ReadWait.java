package io.sluice.internal.transport;

import io.sluice.internal.transport.TransportException.Reason;
import io.sluice.internal.transport.TransportException.Stage;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/** How long a read waits: between two arrivals of bytes, and until the deadline of all reads. */
final class ReadWait implements TlsReader.Wait {
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

    /** The SO_TIMEOUT of a wait that begins now, 0 for ever. There is none after the deadline, whatever has come. */
    @Override
    public int soTimeout() throws TransportException {
        Deadline last = deadline;
        if (last.passed()) {
            throw new TransportException(Stage.READ, Reason.TIMEOUT, "the deadline of the reads has passed", null);
        }
        int left = last.soTimeout();
        int between = timeout;
        return left == 0 || between != 0 && between < left ? between : left;
    }

    /** A read that waits for another read waits no longer than a read for bytes. */
    void lock(ReentrantLock lock) throws TransportException {
        int wait = soTimeout();
        if (wait == 0) {
            lock.lock();
        } else if (!TlsLocks.tryLock(lock, TimeUnit.MILLISECONDS.toNanos(wait))) {
            throw missedTurn();
        }
    }

    /** Why the turn did not come to this thread. */
    private static TransportException missedTurn() {
        return Thread.currentThread().isInterrupted()
                ? new TransportException(Stage.READ, Reason.INTERRUPTED, "the thread was interrupted", null)
                : new TransportException(
                        Stage.READ, Reason.TIMEOUT, "another thread was reading until the deadline", null);
    }
}
