package io.sluice.internal.context;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.sluice.context.SslContextException;
import io.sluice.internal.settings.ContextName;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The lock under which one context is loaded. A load may need other contexts, so threads that load several contexts in different
 * orders could deadlock. The thread that would complete the cycle does not wait.
 */
final class LoadLock {

    /**
     * The lock that each thread waits for, of all contexts. An entry may outlive the wait for a moment, in which its thread holds the
     * lock.
     */
    @GuardedBy("itself")
    private static final Map<Thread, LoadLock> WAITING = new HashMap<>();

    /** No load takes so long unless something hangs. */
    private static final Duration LIMIT = Duration.ofMinutes(1);

    private final Owned lock = new Owned();
    private final Duration limit;

    LoadLock() {
        this(LIMIT);
    }

    LoadLock(Duration limit) {
        this.limit = limit;
    }

    private enum Taken {
        YES,
        BY_ITSELF,
        TOO_LONG
    }

    private static final class Owned extends ReentrantLock {

        private static final long serialVersionUID = 1L;

        @Nullable
        Thread owner() {
            return getOwner();
        }
    }

    /**
     * Takes the lock. Without it, this thread already has it, or its owner waits for this thread, or the owner has had it for too long: a
     * store that does not answer, or a bean.
     */
    private Taken take() {
        if (lock.isHeldByCurrentThread()) {
            return Taken.BY_ITSELF;
        }
        if (lock.tryLock()) {
            return Taken.YES;
        }
        synchronized (WAITING) {
            if (waitsForThisThread(lock.owner())) {
                return Taken.BY_ITSELF;
            }
            WAITING.put(Thread.currentThread(), this);
        }
        try {
            return takeInTime() ? Taken.YES : Taken.TOO_LONG;
        } finally {
            synchronized (WAITING) {
                WAITING.remove(Thread.currentThread());
            }
        }
    }

    /** An interrupt does not end the wait, because the load that it waits for serves others too. */
    private boolean takeInTime() {
        boolean interrupted = false;
        try {
            long deadline = System.nanoTime() + limit.toNanos();
            while (true) {
                try {
                    return lock.tryLock(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** A thread that waits for a lock of this thread cannot stop waiting meanwhile, nor can a thread that waits for that thread. */
    @GuardedBy("WAITING")
    private static boolean waitsForThisThread(@Nullable Thread first) {
        Thread thread = first;
        for (int steps = 0; thread != null && steps <= WAITING.size(); steps++) {
            LoadLock wanted = WAITING.get(thread);
            thread = wanted == null ? null : wanted.lock.owner();
            if (thread == Thread.currentThread()) {
                return true;
            }
        }
        return false;
    }

    /**
     * Takes the lock of a context.
     *
     * @throws SslContextException if the load of the context depends on itself, or another thread does not end its load; the message says
     *     what to do
     */
    void lock(ContextName context) throws SslContextException {
        Taken taken = take();
        if (taken == Taken.TOO_LONG) {
            throw new SslContextException(
                    "another thread has been loading " + context + " for more than " + limit.toSeconds()
                            + " seconds. Check whether its files, its token and the beans that it asks answer");
        }
        if (taken == Taken.BY_ITSELF) {
            throw new SslContextException(context + " is built on itself. "
                    + (context.equals(ContextName.DEFAULT)
                            ? "Do not pass Sluice's own SSLContext of 'default' to SSLContext.setDefault,"
                                    + " and do not return it from a producer"
                            : "Make the producer of " + ContextName.qualifier(context.value())
                                    + " return a context that does not use Sluice's own context of that name"));
        }
    }

    /** Takes the lock if it is free. */
    boolean tryLock() {
        return !lock.isHeldByCurrentThread() && lock.tryLock();
    }

    void unlock() {
        lock.unlock();
    }
}
