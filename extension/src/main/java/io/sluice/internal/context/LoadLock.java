package io.sluice.internal.context;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.sluice.context.SslContextException;
import io.sluice.internal.settings.ContextName;
import java.util.HashMap;
import java.util.Map;
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

    private final Owned lock = new Owned();

    private static final class Owned extends ReentrantLock {

        private static final long serialVersionUID = 1L;

        @Nullable
        Thread owner() {
            return getOwner();
        }
    }

    /**
     * Takes the lock.
     *
     * @return false, without taking the lock, if this thread already has it, or if its owner waits for this thread
     */
    private boolean lock() {
        if (lock.isHeldByCurrentThread()) {
            return false;
        }
        if (lock.tryLock()) {
            return true;
        }
        synchronized (WAITING) {
            if (waitsForThisThread(lock.owner())) {
                return false;
            }
            WAITING.put(Thread.currentThread(), this);
        }
        try {
            lock.lock();
        } finally {
            synchronized (WAITING) {
                WAITING.remove(Thread.currentThread());
            }
        }
        return true;
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
     * @throws SslContextException if the load of the context depends on itself; the message says what to do
     */
    void lock(ContextName context) throws SslContextException {
        if (!lock()) {
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
