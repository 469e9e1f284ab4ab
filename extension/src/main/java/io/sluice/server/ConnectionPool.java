package io.sluice.server;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Starts each task at once, on a thread that is kept for a while afterwards. It has terminated only when its threads have ended: a thread
 * that still runs keeps the application's class loader.
 */
final class ConnectionPool extends ThreadPoolExecutor {

    private static final long IDLE_SECONDS = 60;

    private final JoinedThreads threads;

    private ConnectionPool(JoinedThreads threads) {
        super(0, Integer.MAX_VALUE, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), threads);
        this.threads = threads;
    }

    static ConnectionPool of(ThreadFactory factory) {
        return new ConnectionPool(new JoinedThreads(factory));
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
        long deadline = System.nanoTime() + unit.toNanos(timeout);
        return super.awaitTermination(timeout, unit) && threads.join(deadline);
    }

    /** Remembers the threads that are alive. */
    private static final class JoinedThreads implements ThreadFactory {

        private final ThreadFactory factory;
        private final Set<Thread> alive = ConcurrentHashMap.newKeySet();

        JoinedThreads(ThreadFactory factory) {
            this.factory = factory;
        }

        /** Null, as from the factory, if no thread can be made. */
        @Override
        public @Nullable Thread newThread(Runnable task) {
            alive.removeIf(thread -> !thread.isAlive());
            @Nullable Thread thread = factory.newThread(task);
            if (thread != null) {
                alive.add(thread);
            }
            return thread;
        }

        boolean join(long deadline) throws InterruptedException {
            for (Thread thread : alive) {
                if (!Threads.join(thread, deadline)) {
                    return false;
                }
            }
            return true;
        }
    }
}
