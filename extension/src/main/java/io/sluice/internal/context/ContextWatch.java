package io.sluice.internal.context;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.sluice.internal.context.ContextLoader.Look;
import io.sluice.internal.settings.RotationSettings;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the sources of all contexts of an application from time to time. One thread is enough for all of them; it starts with the first
 * context that has something to look at, and ends with the application. Thread-safe.
 */
public final class ContextWatch implements ContextObserver {

    /** Receives the events. */
    public interface Events {

        /**
         * Fires an event. Does not throw.
         *
         * @param context the context's name
         * @param type the event's type in the API
         * @param event the event
         * @param <E> the event's type
         */
        <E> void fire(String context, Class<E> type, E event);

        /**
         * Tests whether an event has observers.
         *
         * @param context the context's name
         * @param event the event
         * @return false if there is no need to fire it
         */
        boolean observes(String context, Object event);
    }

    private static final Logger LOG = System.getLogger(ContextWatch.class.getName());

    /** A change is used when two looks agree. The second one follows after this time. */
    private static final Duration SECOND_LOOK = Duration.ofSeconds(1);

    /** The longest time between two looks if the certificate in use has expired. */
    private static final Duration EXPIRED_PERIOD = Duration.ofSeconds(1);

    /** The time between two checks of validity if no file is watched. */
    private static final Duration VALIDITY_CHECK = Duration.ofHours(1);

    private static final long STOP_LIMIT = TimeUnit.SECONDS.toNanos(2);

    private final Events events;
    private final Duration secondLook;
    private final Supplier<Optional<ScheduledExecutorService>> managed;
    private final Object lock = new Object();

    @GuardedBy("lock")
    private final Map<String, Watched> watched = new HashMap<>();

    @GuardedBy("lock")
    private @Nullable ScheduledExecutorService executor;

    @GuardedBy("lock")
    private boolean isOwn;

    @GuardedBy("lock")
    private int running;

    private volatile boolean stopped;

    /**
     * A watch of nothing yet.
     *
     * @param events receives the events
     * @param managed the executor of the application server; empty if the server has none
     */
    public ContextWatch(Events events, Supplier<Optional<ScheduledExecutorService>> managed) {
        this(events, managed, SECOND_LOOK);
    }

    ContextWatch(Events events, Supplier<Optional<ScheduledExecutorService>> managed, Duration secondLook) {
        this.events = events;
        this.managed = managed;
        this.secondLook = secondLook;
    }

    /**
     * Watches contexts. Those that are loaded later are watched from then on.
     *
     * @param contexts the contexts
     */
    public void start(ContextRegistry contexts) {
        for (ReloadableContext context : contexts.all()) {
            context.loader().observe(this);
            loaded(context);
        }
    }

    @Override
    public <E> void fire(String context, Class<E> type, E event) {
        if (!stopped) {
            events.fire(context, type, event);
        }
    }

    @Override
    public <E> void fireLater(String context, Class<E> type, E event) {
        synchronized (lock) {
            if (stopped || !events.observes(context, event)) {
                return;
            }
            try {
                executor().execute(() -> fire(context, type, event));
            } catch (RejectedExecutionException | IllegalStateException e) {
                LOG.log(Level.WARNING, event + " is not fired, because the server's executor refuses the task", e);
            }
        }
    }

    @Override
    public void loaded(ReloadableContext context) {
        Optional<Generation> generation = context.generation();
        if (generation.isPresent()
                && pause(context, generation.get(), Look.DONE).isPresent()) {
            lookSoon(context);
        }
    }

    @Override
    public void changed(ReloadableContext context) {
        lookSoon(context);
    }

    private void lookSoon(ReloadableContext context) {
        synchronized (lock) {
            if (!stopped) {
                watched.computeIfAbsent(context.name(), unknown -> new Watched(context))
                        .soon();
            }
        }
    }

    /** Ends all looks. A look that is under way is given a moment to end. */
    public void stop() {
        synchronized (lock) {
            stopped = true;
            watched.values().forEach(Watched::cancel);
            watched.clear();
            if (isOwn && executor != null) {
                executor.shutdownNow();
            }
            executor = null;
            long deadline = System.nanoTime() + STOP_LIMIT;
            for (long left = STOP_LIMIT; running > 0 && left > 0; left = deadline - System.nanoTime()) {
                try {
                    TimeUnit.NANOSECONDS.timedWait(lock, left);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    return;
                }
            }
        }
    }

    @GuardedBy("lock")
    private ScheduledExecutorService executor() {
        ScheduledExecutorService known = executor;
        if (known == null) {
            Optional<ScheduledExecutorService> ofServer = managed.get();
            isOwn = ofServer.isEmpty();
            known = ofServer.orElseGet(ContextWatch::ownExecutor);
            executor = known;
        }
        return known;
    }

    private static ScheduledExecutorService ownExecutor() {
        ClassLoader application = Thread.currentThread().getContextClassLoader();
        ScheduledThreadPoolExecutor own = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "sluice-context-watch");
            thread.setContextClassLoader(application);
            thread.setDaemon(true);
            return thread;
        });
        own.setRemoveOnCancelPolicy(true);
        return own;
    }

    /** The time until the next look; empty if there is nothing to look at. */
    private Optional<Duration> pause(ReloadableContext context, Generation generation, Look look) {
        RotationSettings rotation = generation.snapshot().rotation();
        if (look == Look.AGAIN) {
            return Optional.of(secondLook);
        }
        if (rotation.reloadPeriod().isPresent() && context.loader().hasSomethingToLookAt()) {
            Duration period = rotation.reloadPeriod().get();
            boolean hurry = ExpiryWatch.hasExpiredKey(generation) && period.compareTo(EXPIRED_PERIOD) > 0;
            return Optional.of(hurry ? EXPIRED_PERIOD : period);
        }
        return ExpiryWatch.applies(generation) ? Optional.of(VALIDITY_CHECK) : Optional.empty();
    }

    /** One context. */
    private final class Watched implements Runnable {

        private final ReloadableContext context;
        private final ExpiryWatch expiry;

        @GuardedBy("lock")
        private @Nullable ScheduledFuture<?> next;

        @GuardedBy("lock")
        private boolean looking;

        @GuardedBy("lock")
        private boolean again;

        Watched(ReloadableContext context) {
            this.context = context;
            this.expiry = new ExpiryWatch(context);
        }

        void soon() {
            synchronized (lock) {
                if (looking) {
                    again = true;
                } else {
                    cancel();
                    schedule(Duration.ZERO);
                }
            }
        }

        void cancel() {
            synchronized (lock) {
                ScheduledFuture<?> planned = next;
                if (planned != null) {
                    planned.cancel(false);
                }
                next = null;
            }
        }

        @GuardedBy("lock")
        private void schedule(Duration pause) {
            try {
                next = executor().schedule(this, pause.toMillis(), TimeUnit.MILLISECONDS);
            } catch (RejectedExecutionException | IllegalStateException e) {
                LOG.log(
                        Level.WARNING,
                        context + " is not watched any more, because the server's executor refuses the task",
                        e);
            }
        }

        @Override
        public void run() {
            synchronized (lock) {
                if (stopped || looking) {
                    return;
                }
                looking = true;
                running++;
            }
            Optional<Duration> pause = Optional.empty();
            try {
                pause = look();
            } finally {
                synchronized (lock) {
                    looking = false;
                    running--;
                    lock.notifyAll();
                    if (!stopped) {
                        plan(pause);
                    }
                }
            }
        }

        @GuardedBy("lock")
        private void plan(Optional<Duration> pause) {
            Optional<Duration> time = again ? Optional.of(Duration.ZERO) : pause;
            again = false;
            time.ifPresent(this::schedule);
            boolean watches = context.loader().hasSomethingToLookAt();
            context.looksNext(watches ? time.map(Instant.now()::plus).orElse(null) : null);
        }

        private Optional<Duration> look() {
            Look found = Look.DONE;
            try {
                found = context.loader().look();
                context.generation().ifPresent(expiry::check);
            } catch (RuntimeException | Error e) {
                LOG.log(Level.WARNING, context + ": a look at its sources failed. The next one follows", e);
            }
            Look result = found;
            return context.generation().flatMap(generation -> pause(context, generation, result));
        }
    }
}
