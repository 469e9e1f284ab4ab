package io.sluice.server;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadFactory;

/** A thread factory that stops creating threads, in each possible way. */
final class ScarceThreads implements ThreadFactory {

    /** The ways to create no thread. */
    enum Shortage {
        /** A managed factory may return null (Jakarta Concurrency, {@code ManagedThreadFactory}). */
        NULL {
            @Override
            Thread newThread(Runnable task) {
                return null;
            }
        },
        /** A factory that was shut down throws. */
        EXCEPTION {
            @Override
            Thread newThread(Runnable task) {
                throw new IllegalStateException("for the test: the factory was shut down");
            }
        },
        /** The system cannot create another thread for the process. */
        START {
            @Override
            Thread newThread(Runnable task) {
                return new Thread(null, task, "without a stack", 1L << 46);
            }
        };

        abstract Thread newThread(Runnable task);
    }

    private final Shortage shortage;
    private final List<Thread> made = new CopyOnWriteArrayList<>();
    private volatile boolean exhausted;

    ScarceThreads(Shortage shortage) {
        this.shortage = shortage;
    }

    @Override
    public Thread newThread(Runnable task) {
        if (exhausted) {
            return shortage.newThread(task);
        }
        Thread thread = new Thread(task, "scarce");
        thread.setDaemon(true);
        made.add(thread);
        return thread;
    }

    ConnectionThreads threads() {
        return new ConnectionThreads(Pool.immediate(this), 1_000, this, this);
    }

    void exhaust() {
        exhausted = true;
    }

    void relieve() {
        exhausted = false;
    }

    /** Interrupts its threads, as a managed factory does when it is shut down. */
    void shutDown() {
        exhausted = true;
        made.forEach(Thread::interrupt);
    }
}
