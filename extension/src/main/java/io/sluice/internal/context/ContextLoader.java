package io.sluice.internal.context;

import io.sluice.context.ContextSnapshot;
import io.sluice.context.SslContextException;
import io.sluice.internal.context.MaterialBeans.Subscriptions;
import io.sluice.internal.settings.ContextName;
import io.sluice.internal.settings.Problem;
import io.sluice.internal.settings.WatchedState;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
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
    private final Subscriptions subscriptions = new Subscriptions();
    private volatile @Nullable Generation current;
    private volatile ContextObserver observer = ContextObserver.NONE;

    /** The state of the sources at the last attempt. */
    private volatile WatchedState attempted = WatchedState.NONE;

    private volatile List<String> problems = List.of();
    private volatile boolean changed;

    private final AtomicLong requests = new AtomicLong();

    /** The last request that a reload has served. This field and the next ones are used under the loading lock. */
    private long served;

    private LoadOutcome last = new LoadOutcome(null, null, null, false, false);
    private WatchedState inUse = WatchedState.NONE;
    private @Nullable WatchedState seen;
    private @Nullable LoadOutcome unreported;

    ContextLoader(ReloadableContext context, ContextName name, ContextSource source) {
        this.context = context;
        this.name = name;
        this.source = source;
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
        return problems;
    }

    /** The sources of the last attempt. */
    WatchedState sources() {
        return attempted;
    }

    /** Called by beans that supply material. */
    void materialChanged() {
        changed = true;
        observer.changed(context);
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
            outcome = attempt();
        } finally {
            loading.unlock();
        }
        Generation loaded = outcome.orThrow();
        observer.loaded(context);
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
            outcome = attempt();
        } finally {
            loading.unlock();
        }
        report(outcome, true);
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
            if (served < request) {
                served = requests.get();
                mine = true;
                last = attempt();
            }
            outcome = last;
        } finally {
            loading.unlock();
        }
        if (mine) {
            if (outcome.before() == null && outcome.failure() == null) {
                observer.loaded(context);
            }
            report(outcome, false);
        }
        if (outcome.failure() instanceof SslContextException e && outcome.before() != null) {
            throw new SslContextException(e, LoadReport.staysInUse(outcome.before()));
        }
        outcome.orThrow();
    }

    /** Whether there are files, or a bean that failed and may have recovered. */
    boolean hasSomethingToLookAt() {
        return !attempted.isEmpty() || mustAskAgain();
    }

    /** The state of a bean cannot be seen, so a bean that failed is asked again. */
    private boolean mustAskAgain() {
        return !problems.isEmpty() && subscriptions.exist();
    }

    /** Examines the sources, and loads if they have changed and are the same at two looks. Called by one thread at a time. */
    Look look() {
        WatchedState known = attempted;
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
        LoadOutcome outcome = null;
        try {
            boolean hasWaited = unreported != null && now.equals(attempted);
            if (changed || mustAskAgain()) {
                outcome = attempt();
            } else if (now.equals(attempted)) {
                outcome = settle(now);
            } else if (!now.equals(seen)) {
                seen = now;
                return Look.AGAIN;
            } else {
                outcome = now.includes(inUse) && !problems.isEmpty() ? restored() : attempt();
            }
            seen = null;
            if (outcome != null && outcome.mayPass() && !hasWaited) {
                unreported = outcome;
                outcome = null;
            }
        } finally {
            loading.unlock();
        }
        if (outcome != null) {
            report(outcome, true);
        }
        return Look.DONE;
    }

    /** Nothing has changed since the last attempt. If its failure was expected to pass, it has not. */
    private @Nullable LoadOutcome settle(WatchedState now) {
        if (attempted.equals(inUse)) {
            inUse = now;
        }
        attempted = now;
        LoadOutcome outcome = unreported;
        unreported = null;
        return outcome == null ? null : outcome.lasting();
    }

    /** The sources hold the material in use again, so there is nothing to load. */
    private LoadOutcome restored() {
        attempted = inUse;
        problems = List.of();
        boolean wasReported = unreported == null;
        unreported = null;
        Generation active = current;
        return new LoadOutcome(wasReported ? active : null, active, null, false, true);
    }

    /** Loads under the lock. */
    private LoadOutcome attempt() {
        Generation before = current;
        LoadAttempt attempt = new LoadAttempt(this::materialChanged, subscriptions);
        WatchedState attemptedBefore = attempted;
        boolean wasReported = !problems.isEmpty() && unreported == null;
        changed = false;
        unreported = null;
        try {
            Generation loaded = new Generation(context, before == null ? 1 : before.number() + 1, snapshot(attempt));
            for (Problem warning : loaded.snapshot().warnings()) {
                LOG.log(Level.WARNING, name + ": " + warning.message());
            }
            inUse = attempt.state();
            attempted = inUse;
            problems = List.of();
            context.started(loaded);
            current = loaded;
            return new LoadOutcome(before, loaded, null, false, true);
        } catch (SslContextException e) {
            problems = e.problems().isEmpty() ? List.of(String.valueOf(e.getMessage())) : e.problems();
            attempted = attempt.state().with(inUse);
            boolean isNew = !wasReported || !attempted.equals(attemptedBefore);
            return new LoadOutcome(before, null, e, attempt.mayPass(), isNew);
        } catch (RuntimeException e) {
            problems = List.of(name + ": " + e);
            attempted = attempt.state().with(inUse);
            return new LoadOutcome(before, null, e, false, !wasReported || !attempted.equals(attemptedBefore));
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

    private void report(LoadOutcome outcome, boolean log) {
        new LoadReport(context, name, observer, log).report(outcome);
    }
}
