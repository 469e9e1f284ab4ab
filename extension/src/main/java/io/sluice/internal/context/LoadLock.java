package io.sluice.internal.context;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The lock under which one context is loaded. A load may need other contexts, so threads that load several from opposite ends could
 * wait for each other: the one that would close the circle does not wait.
 */
final class LoadLock {

    /** What each thread waits for, of all contexts. An entry may outlive the wait for a moment: its thread holds the lock then. */
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
     * @return false, and nothing is taken, if this thread has it already, or its owner waits for this thread
     */
    boolean lock() {
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

    /** Whoever waits for a lock that this thread holds has waited all the time, and so has whoever waits for that one. */
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

    /** Takes the lock if that is possible without waiting, and this thread does not have it. */
    boolean tryLock() {
        return !lock.isHeldByCurrentThread() && lock.tryLock();
    }

    void unlock() {
        lock.unlock();
    }
}
