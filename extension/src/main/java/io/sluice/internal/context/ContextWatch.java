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
import java.util.concurrent.ThreadFactory;
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

    private final Events events;
    private final Duration secondLook;
    private final Supplier<Optional<ThreadFactory>> server;
    private final Object lock = new Object();

    @GuardedBy("lock")
    private final Map<String, Watched> watched = new HashMap<>();

    /** Null until the start. */
    @GuardedBy("lock")
    private @Nullable WatchThread thread;

    private volatile @Nullable ContextRegistry followed;
    private volatile boolean stopped;

    /**
     * A watch of nothing yet.
     *
     * @param events receives the events
     * @param server finds what makes the threads that the server manages; empty if it manages none
     */
    public ContextWatch(Events events, Supplier<Optional<ThreadFactory>> server) {
        this(events, server, SECOND_LOOK);
    }

    ContextWatch(Events events, Supplier<Optional<ThreadFactory>> server, Duration secondLook) {
        this.events = events;
        this.server = server;
        this.secondLook = secondLook;
    }

    /**
     * Watches contexts. Those that are loaded later are watched from then on. Called by a thread of the application, whose class loader
     * and naming each look has. Further calls do nothing.
     *
     * @param contexts the contexts
     */
    public void start(ContextRegistry contexts) {
        WatchThread ofApplication = new WatchThread(server.get());
        synchronized (lock) {
            if (thread != null || stopped) {
                return;
            }
            thread = ofApplication;
        }
        followed = contexts;
        for (ReloadableContext context : contexts.all()) {
            context.loader().observe(this);
            if (context.loader().isChanged()) {
                lookSoon(context);
            } else {
                loaded(context);
            }
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
        if (stopped || !events.observes(context, event)) {
            return;
        }
        synchronized (lock) {
            if (!stopped && thread != null) {
                thread.schedule(() -> fire(context, type, event), Duration.ZERO);
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

    /** Ends all looks. One that is under way is given a moment to end. */
    public void stop() {
        WatchThread ofApplication;
        synchronized (lock) {
            stopped = true;
            watched.values().forEach(Watched::cancel);
            watched.clear();
            ofApplication = thread;
        }
        if (ofApplication != null) {
            ofApplication.stop();
        }
        ContextRegistry contexts = followed;
        if (contexts != null) {
            contexts.all().forEach(context -> context.loader().forget());
        }
    }

    /** The time until the next look; empty if there is nothing to look at. */
    private Optional<Duration> pause(ReloadableContext context, Generation generation, Look look) {
        RotationSettings rotation = generation.snapshot().rotation();
        if (look == Look.AGAIN) {
            return Optional.of(secondLook);
        }
        boolean follows =
                rotation.reloadPeriod().isPresent() && context.loader().hasSomethingToLookAt();
        Optional<Duration> period = follows
                ? rotation.reloadPeriod().map(given -> ExpiryWatch.hasExpiredKey(generation) ? hurried(given) : given)
                : ExpiryWatch.applies(generation) ? Optional.of(VALIDITY_CHECK) : Optional.empty();
        return period.map(length -> ExpiryWatch.next(generation)
                .filter(warning -> warning.compareTo(length) < 0)
                .orElse(length));
    }

    private static Duration hurried(Duration period) {
        return period.compareTo(EXPIRED_PERIOD) > 0 ? EXPIRED_PERIOD : period;
    }

    /** One context. */
    private final class Watched implements Runnable {

        private final ReloadableContext context;
        private final ExpiryWatch expiry;

        /** Cancels the next look. */
        @GuardedBy("lock")
        private @Nullable Runnable next;

        @GuardedBy("lock")
        private boolean looking;

        @GuardedBy("lock")
        private boolean again;

        /** The end of the last look, as a value of {@link System#nanoTime}. */
        @GuardedBy("lock")
        private long lookedAt;

        Watched(ReloadableContext context) {
            this.context = context;
            this.expiry = new ExpiryWatch(context);
            this.lookedAt = System.nanoTime() - secondLook.toNanos();
        }

        /** At once, but not more often than second looks, however often a bean says that its material has changed. */
        void soon() {
            synchronized (lock) {
                if (looking) {
                    again = true;
                } else {
                    Duration since = Duration.ofNanos(System.nanoTime() - lookedAt);
                    Duration left = secondLook.minus(since);
                    schedule(left.isNegative() ? Duration.ZERO : left);
                }
            }
        }

        void cancel() {
            synchronized (lock) {
                Runnable planned = next;
                if (planned != null) {
                    planned.run();
                }
                next = null;
            }
        }

        @GuardedBy("lock")
        private void schedule(Duration pause) {
            cancel();
            if (thread != null) {
                next = thread.schedule(this, pause);
            }
        }

        @Override
        public void run() {
            synchronized (lock) {
                if (stopped || looking) {
                    return;
                }
                looking = true;
            }
            Optional<Duration> pause = Optional.of(RotationSettings.DEFAULT_PERIOD);
            try {
                pause = look();
            } finally {
                synchronized (lock) {
                    looking = false;
                    lookedAt = System.nanoTime();
                    if (!stopped) {
                        plan(pause);
                    }
                }
            }
        }

        @GuardedBy("lock")
        private void plan(Optional<Duration> pause) {
            Optional<Duration> time = again ? Optional.of(secondLook) : pause;
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
