package io.sluice.server;

import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Platform or managed threads, which are kept for a while. It has terminated only when its threads have ended: a thread that still runs
 * keeps the application's class loader.
 */
final class Pool extends ThreadPoolExecutor {

    private static final long IDLE_SECONDS = 60;

    /** After a burst of messages, idle connections need no threads. */
    private static final long IDLE_SECONDS_OF_MESSAGES = 10;

    private final Set<Thread> alive = ConcurrentHashMap.newKeySet();

    private Pool(ThreadFactory factory, int most, long idleSeconds, BlockingQueue<Runnable> queue) {
        super(0, most, idleSeconds, TimeUnit.SECONDS, queue);
        setThreadFactory(task -> track(factory.newThread(task)));
    }

    /** Starts each task immediately. */
    static Pool immediate(ThreadFactory factory) {
        return new Pool(factory, Integer.MAX_VALUE, IDLE_SECONDS, new SynchronousQueue<>());
    }

    /** Starts a task on an idle thread, on a new one up to the limit, and otherwise later, in the order of the tasks. */
    static Pool bounded(ThreadFactory factory, int most) {
        IdleFirst queue = new IdleFirst();
        Pool pool = new Pool(factory, most, IDLE_SECONDS_OF_MESSAGES, queue);
        pool.setRejectedExecutionHandler((task, executor) -> {
            if (executor.isShutdown()) {
                throw new RejectedExecutionException("the server has ended");
            }
            queue.put(task);
        });
        return pool;
    }

    /** Accepts null, which a factory returns if it cannot make a thread. */
    private @Nullable Thread track(@Nullable Thread thread) {
        alive.removeIf(other -> !other.isAlive());
        if (thread != null) {
            alive.add(thread);
        }
        return thread;
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
        long deadline = System.nanoTime() + unit.toNanos(timeout);
        if (!super.awaitTermination(timeout, unit)) {
            return false;
        }
        for (Thread thread : alive) {
            if (!ConnectionThreads.join(thread, deadline)) {
                return false;
            }
        }
        return true;
    }

    /** A queue that takes an offer only if a thread waits for it. The pool then makes a thread, and queues only if it has too many. */
    private static final class IdleFirst extends LinkedTransferQueue<Runnable> {

        private static final long serialVersionUID = 1L;

        @Override
        public boolean offer(Runnable task) {
            return tryTransfer(task);
        }
    }
}
