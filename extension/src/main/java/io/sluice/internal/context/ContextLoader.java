package io.sluice.internal.context;

import io.sluice.context.ContextSnapshot;
import io.sluice.context.SslContextException;
import io.sluice.internal.jfr.FlightEvents;
import io.sluice.internal.settings.ContextName;
import io.sluice.internal.settings.Problem;
import io.sluice.internal.settings.WatchedState;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Loads one context: at its first use, again when its source says that the material is stale, at each reload from code, and when a look at its
 * files shows a change. If new material cannot be used, the last good material stays in use. Thread-safe.
 *
 * <p>Events are fired after the lock has been released, because observers may use the context.
 */
final class ContextLoader {

    private static final Logger LOG = System.getLogger(ContextLoader.class.getName());

    /** What a look at the sources has found. */
    enum Look {
        /** There is nothing to look at. */
        NOTHING,
        /** Everything is as it was, or has been dealt with. */
        DONE,
        /** A change was seen for the first time, and may not be complete. */
        AGAIN
    }

    private final ReloadableContext context;
    private final ContextName name;
    private final ContextSource source;
    private final LoadLock loading = new LoadLock();
    private final MaterialSubscriptions subscriptions = new MaterialSubscriptions();
    private final ChangeSignal signal;
    private volatile @Nullable Generation current;
    private volatile ContextObserver observer = ContextObserver.NONE;

    private final LoadHistory history = new LoadHistory();
    private volatile boolean changed;

    private final AtomicLong requests = new AtomicLong();

    /** The last request that a reload has served. This field and the next one are used under the loading lock. */
    private long served;

    private @Nullable LoadOutcome last;

    ContextLoader(ReloadableContext context, ContextName name, ContextSource source) {
        this.context = context;
        this.name = name;
        this.source = source;
        this.signal = new ChangeSignal(this);
    }

    void observe(ContextObserver newObserver) {
        observer = newObserver;
    }

    ContextObserver observer() {
        return observer;
    }

    @Nullable
    Generation current() {
        return current;
    }

    /** The problems of the last load if it failed. */
    List<String> problems() {
        return history.problems();
    }

    /** The sources of the last attempt. */
    WatchedState sources() {
        return history.attempted();
    }

    /** What beans run that supply material. They may outlive the application, so it lets go of the application at its end. */
    private static final class ChangeSignal implements Runnable {

        private volatile @Nullable ContextLoader loader;

        ChangeSignal(ContextLoader loader) {
            this.loader = loader;
        }

        @Override
        public void run() {
            ContextLoader known = loader;
            if (known != null) {
                known.changed = true;
                known.observer.changed(known.context);
            }
        }
    }

    /** The application has ended: signals of beans have no effect any more. */
    void forget() {
        signal.loader = null;
    }

    /** Whether a bean has said so since the last attempt. */
    boolean isChanged() {
        return changed;
    }

    Generation load() throws SslContextException {
        Generation known = current;
        if (known == null) {
            return loadFirst();
        }
        return known.snapshot().isStale() ? renew(known) : known;
    }

    private Generation loadFirst() throws SslContextException {
        loading.lock(name);
        LoadOutcome outcome;
        try {
            Generation known = current;
            if (known != null) {
                return known;
            }
            outcome = attempt(false);
        } finally {
            loading.unlock();
        }
        Generation loaded = outcome.orThrow();
        announce(outcome);
        return loaded;
    }

    /** The first thread loads; the others continue with the known material. If the new cannot be used, all continue with it. */
    private Generation renew(Generation known) {
        if (!loading.tryLock()) {
            return known;
        }
        LoadOutcome outcome;
        try {
            Generation newest = current;
            if (newest != null && newest != known) {
                return newest;
            }
            outcome = attempt(false);
        } finally {
            loading.unlock();
        }
        announce(outcome);
        report(outcome);
        Generation newest = current;
        return newest != null ? newest : known;
    }

    /** Reads the material again. Threads that call this while another one reloads share the next reload. */
    void reload() throws SslContextException {
        long request = requests.incrementAndGet();
        loading.lock(name);
        LoadOutcome outcome;
        boolean mine = false;
        try {
            LoadOutcome shared = last;
            if (served < request || shared == null) {
                served = requests.get();
                mine = true;
                shared = attempt(false);
                last = shared;
            }
            outcome = shared;
        } finally {
            loading.unlock();
        }
        if (mine) {
            announce(outcome);
            report(outcome);
        }
        if (outcome.failure() instanceof SslContextException e && outcome.before() != null) {
            throw new SslContextException(e, LoadReport.staysInUse(outcome.before()));
        }
        outcome.orThrow();
    }

    /** Whether there are files, or a failure that may pass although no file changes: a bean or a token may have recovered. */
    boolean hasSomethingToLookAt() {
        return !history.attempted().isEmpty() || (!history.problems().isEmpty() && source.isFollowed());
    }

    /**
     * Examines the sources, and loads if they have changed and are the same at two looks. After a failure it loads at each look, because
     * the cause may be none of the files: a bean, a token, a descriptor too many. Called by one thread at a time.
     */
    Look look() {
        WatchedState known = history.attempted();
        Generation active = current;
        if (active == null) {
            return Look.NOTHING;
        }
        boolean follows = active.snapshot().rotation().reloadPeriod().isPresent();
        if (!changed && !(follows && hasSomethingToLookAt())) {
            return Look.NOTHING;
        }
        WatchedState now = follows ? known.now() : known;
        if (!loading.tryLock()) {
            return Look.AGAIN;
        }
        LoadOutcome outcome;
        try {
            boolean isSame = now.equals(history.attempted());
            if (!changed && isSame && history.problems().isEmpty()) {
                history.unchanged(now);
                return Look.DONE;
            }
            if (!changed && !isSame && !history.isSeenAgain(now)) {
                return Look.AGAIN;
            }
            history.forgetSeen();
            outcome = !changed && !isSame && history.isRestored(now) ? restored() : attempt(true);
        } finally {
            loading.unlock();
        }
        report(outcome);
        return Look.DONE;
    }

    /** The sources hold the material in use again, so there is nothing to load. */
    private LoadOutcome restored() {
        boolean wasReported = history.restored();
        Generation active = current;
        return LoadOutcome.loaded(wasReported ? active : null, Objects.requireNonNull(active), false);
    }

    /**
     * Loads under the lock.
     *
     * @param isPatient whether a failure that may be a matter of moments is reported only if it is still there at the next attempt
     */
    private LoadOutcome attempt(boolean isPatient) {
        Optional<FlightEvents.Reload> recorded = FlightEvents.beginReload();
        LoadOutcome outcome = tryToLoad(isPatient);
        if (recorded.isPresent()) {
            Generation inUse = current;
            recorded.get()
                    .end(
                            name.value(),
                            inUse == null ? 0 : inUse.number(),
                            outcome.failure() == null ? null : String.join("; ", outcome.problems()));
        }
        return outcome;
    }

    private LoadOutcome tryToLoad(boolean isPatient) {
        Generation before = current;
        LoadAttempt attempt = new LoadAttempt(signal, subscriptions);
        boolean wasChanged = changed;
        changed = false;
        try {
            Generation loaded = new Generation(context, before == null ? 1 : before.number() + 1, snapshot(attempt));
            for (Problem warning : loaded.snapshot().warnings()) {
                LOG.log(Level.WARNING, name + ": " + warning.message());
            }
            boolean otherSources = history.succeeded(attempt.state());
            context.started(loaded);
            current = loaded;
            return LoadOutcome.loaded(before, loaded, otherSources);
        } catch (SslContextException e) {
            attempt.undo(e);
            List<String> found = e.problems().isEmpty() ? List.of(String.valueOf(e.getMessage())) : e.problems();
            boolean mayPass = isPatient && attempt.mayPass();
            return LoadOutcome.failed(before, e, found, history.failed(attempt.state(), found, mayPass, wasChanged));
        } catch (RuntimeException | Error e) { // A bean or a provider may throw anything, and the watch must go on.
            attempt.undo(e);
            List<String> found = List.of(name + ": " + e);
            return LoadOutcome.failed(before, e, found, history.failed(attempt.state(), found, false, wasChanged));
        }
    }

    /** A source may use the view of a named context, which cannot throw checked exceptions. */
    private ContextSnapshot snapshot(LoadAttempt attempt) throws SslContextException {
        try {
            return source.load(attempt);
        } catch (IllegalStateException e) {
            if (e.getCause() instanceof SslContextException failure) {
                throw failure;
            }
            throw e;
        }
    }

    private void report(LoadOutcome outcome) {
        new LoadReport(context, name, observer).report(outcome);
    }

    /** A change of the settings may change what there is to look at, and when. */
    private void announce(LoadOutcome outcome) {
        Generation before = outcome.before();
        Generation after = outcome.after();
        boolean concernsWatch = after != null
                && (before == null
                        || !before.snapshot().rotation().equals(after.snapshot().rotation())
                        || outcome.hasOtherSources());
        if (concernsWatch) {
            observer.loaded(context);
        }
    }
}
