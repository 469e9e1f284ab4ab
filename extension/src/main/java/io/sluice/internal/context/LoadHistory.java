package io.sluice.internal.context;

import io.sluice.internal.settings.WatchedState;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the attempts to load a context have found. It is changed under the loading lock of its context. Any thread may ask for the last attempt's
 * sources and problems.
 */
final class LoadHistory {

    private volatile WatchedState attempted = WatchedState.NONE;
    private volatile List<String> problems = List.of();
    private WatchedState inUse = WatchedState.NONE;

    /** The state at the first of two looks. */
    private @Nullable WatchedState seen;

    /** The state whose failure has been reported. */
    private @Nullable WatchedState reported;

    /** The state whose failure may be a matter of moments. */
    private @Nullable WatchedState deferred;

    /** The sources of the last attempt. */
    WatchedState attempted() {
        return attempted;
    }

    /** The problems of the last attempt if it failed. */
    List<String> problems() {
        return problems;
    }

    /** Notes that nothing has changed. The attributes of the files may have. */
    void unchanged(WatchedState now) {
        if (attempted.equals(inUse)) {
            inUse = now;
        }
        attempted = now;
        seen = null;
    }

    /** Notes a look that has found a change. Returns whether the last look has found the same. */
    boolean isSeenAgain(WatchedState now) {
        boolean isSame = now.equals(seen);
        seen = isSame ? null : now;
        return isSame;
    }

    void forgetSeen() {
        seen = null;
    }

    /** Whether the sources hold the material in use again after a failure, so that there is nothing to load. */
    boolean isRestored(WatchedState now) {
        return !problems.isEmpty() && now.includes(inUse);
    }

    /** Notes that the sources hold the material in use again. Returns whether the failure was reported. */
    boolean restored() {
        boolean wasReported = reported != null;
        succeeded(inUse);
        return wasReported;
    }

    /** Notes a success. Returns whether there are sources to look at now and there were none before, or the other way round. */
    boolean succeeded(WatchedState state) {
        boolean hasOtherSources = inUse.isEmpty() != state.isEmpty();
        inUse = state;
        attempted = state;
        problems = List.of();
        reported = null;
        deferred = null;
        return hasOtherSources;
    }

    /**
     * Notes a failure. It is news once for each state of the sources, or if a bean has something else to say.
     *
     * @param read what was read before the failure
     * @param found the problems
     * @param mayPass whether the failure may be a matter of moments; then it is news only if it is still there at the next attempt
     * @param wasChanged whether a bean has said that its material has changed
     */
    boolean failed(WatchedState read, List<String> found, boolean mayPass, boolean wasChanged) {
        WatchedState state = read.with(inUse);
        boolean waits = mayPass && !state.equals(deferred);
        boolean isNews = !waits && (!state.equals(reported) || (wasChanged && !found.equals(problems)));
        deferred = mayPass ? state : null;
        attempted = state;
        problems = found;
        if (isNews) {
            reported = state;
        }
        return isNews;
    }
}
