package io.sluice.internal.context;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The thread of one watch, which starts with its first task. It has the class loader of the application, and its naming and security if the
 * server offers them: whichever thread asks for a task, which may be one of another library. Thread-safe.
 *
 * <p>A server's scheduled executor would take these from the thread that asks, and drop a task if the application has not quite started.
 */
final class WatchThread {

    private static final long STOP_LIMIT = TimeUnit.SECONDS.toNanos(2);

    private final ScheduledThreadPoolExecutor executor;

    /** The threads with a task that is under way. */
    @GuardedBy("this")
    private final Set<Thread> busy = new HashSet<>();

    @GuardedBy("this")
    private boolean stopped;

    /**
     * A thread for the application that the calling thread belongs to.
     *
     * @param server makes the threads that the server manages; empty if it manages none
     */
    WatchThread(Optional<ThreadFactory> server) {
        this.executor = new ScheduledThreadPoolExecutor(
                1, new ApplicationThreads(server, "sluice-context-watch", "contexts are watched"));
        executor.setRemoveOnCancelPolicy(true);
        executor.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
    }

    /** Runs a task after a pause. After the stop it does nothing. Returns an action that cancels the task if it has not begun. */
    Runnable schedule(Runnable task, Duration pause) {
        Future<?> planned = executor.schedule(() -> run(task), pause.toMillis(), TimeUnit.MILLISECONDS);
        return () -> planned.cancel(false);
    }

    private void run(Runnable task) {
        synchronized (this) {
            if (stopped) {
                return;
            }
            busy.add(Thread.currentThread());
        }
        try {
            task.run();
        } finally {
            synchronized (this) {
                busy.remove(Thread.currentThread());
                notifyAll();
            }
        }
    }

    /** Ends the thread. A task that is under way is given a moment to end. */
    synchronized void stop() {
        stopped = true;
        executor.shutdownNow();
        long deadline = System.nanoTime() + STOP_LIMIT;
        for (long left = STOP_LIMIT; left > 0 && othersAreBusy(); left = deadline - System.nanoTime()) {
            try {
                TimeUnit.NANOSECONDS.timedWait(this, left);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    /** An observer, which runs on this thread, may stop the application. */
    @GuardedBy("this")
    private boolean othersAreBusy() {
        return busy.stream().anyMatch(thread -> thread != Thread.currentThread());
    }
}
