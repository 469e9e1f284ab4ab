package io.sluice.internal.context;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.sluice.internal.managed.ManagedScheduling;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Runs the tasks of one watch, on the server's threads or on one of its own. All tasks have the class loader of the thread that has made
 * this, and also its naming and security if the server offers an executor: whichever thread asks for a task, which may be one of another
 * library. Thread-safe.
 */
final class WatchThreads {

    private static final Logger LOG = System.getLogger(WatchThreads.class.getName());
    private static final long STOP_LIMIT = TimeUnit.SECONDS.toNanos(2);

    private final @Nullable ClassLoader application = Thread.currentThread().getContextClassLoader();

    @GuardedBy("this")
    private Optional<ManagedScheduling> managed;

    @GuardedBy("this")
    private @Nullable ScheduledExecutorService own;

    /** The threads with a task that is under way. */
    @GuardedBy("this")
    private final Set<Thread> busy = new HashSet<>();

    @GuardedBy("this")
    private boolean stopped;

    /** Threads for the application that the calling thread belongs to. None is started before the first task. */
    WatchThreads(Optional<ManagedScheduling> managed) {
        this.managed = managed;
    }

    /** Runs a task after a pause. After the stop it does nothing. Returns an action that cancels the task if it has not begun. */
    synchronized Runnable schedule(Runnable task, Duration pause) {
        Runnable counted = () -> run(task);
        if (managed.isPresent() && !stopped) {
            try {
                return schedule(managed.get(), counted, pause);
            } catch (RejectedExecutionException | IllegalStateException e) {
                LOG.log(Level.DEBUG, "the server's executor refuses a task, so Sluice uses a thread of its own", e);
                managed = Optional.empty();
            }
        }
        Future<?> planned = own().schedule(counted, pause.toMillis(), TimeUnit.MILLISECONDS);
        return () -> planned.cancel(false);
    }

    private static Runnable schedule(ManagedScheduling server, Runnable task, Duration pause) {
        AtomicReference<@Nullable Future<?>> planned = new AtomicReference<>();
        server.inApplication()
                .accept(() -> planned.set(server.executor().schedule(task, pause.toMillis(), TimeUnit.MILLISECONDS)));
        Future<?> future = planned.get();
        if (future == null) {
            throw new IllegalStateException("the server has not run a task in the context of the application");
        }
        return () -> future.cancel(false);
    }

    @GuardedBy("this")
    private ScheduledExecutorService own() {
        ScheduledExecutorService known = own;
        if (known == null) {
            known = newThread();
            own = known;
        }
        return known;
    }

    /** Without inherited variables: the first task may come from a request, whose caller and log context are not the watch's. */
    private ScheduledExecutorService newThread() {
        ScheduledThreadPoolExecutor made = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(null, task, "sluice-context-watch", 0, false);
            thread.setContextClassLoader(application);
            thread.setDaemon(true);
            return thread;
        });
        made.setRemoveOnCancelPolicy(true);
        made.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
        return made;
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

    /** Ends the thread of its own, if there is one. A task that is under way is given a moment to end. */
    synchronized void stop() {
        stopped = true;
        own().shutdownNow();
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

    /** An observer, which runs on a thread of the watch, may stop the application. */
    @GuardedBy("this")
    private boolean othersAreBusy() {
        return busy.stream().anyMatch(thread -> thread != Thread.currentThread());
    }
}
