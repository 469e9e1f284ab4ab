package io.sluice.internal.context;

import io.sluice.context.SslContextException;
import io.sluice.internal.settings.ContextName;
import io.sluice.internal.settings.FilesRead;
import io.sluice.internal.settings.MaterialValues;
import io.sluice.internal.settings.Problem;
import io.sluice.internal.settings.Problems;
import io.sluice.internal.settings.WatchedState;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * One attempt to load a context. It notes what was read, whether it succeeds or fails, and what to undo if it fails. Used under the context's
 * loading lock.
 */
public final class LoadAttempt {

    private final FilesRead files = new FilesRead();
    private final Runnable changed;
    private final MaterialSubscriptions subscriptions;
    private final Deque<Runnable> undoing = new ArrayDeque<>();
    private MaterialValues values = MaterialValues.NONE;
    private boolean mayPass;

    /**
     * A load that has read nothing yet.
     *
     * @param changed run by the beans that supply material when it has changed
     * @param subscriptions the beans that know this action
     */
    LoadAttempt(Runnable changed, MaterialSubscriptions subscriptions) {
        this.changed = changed;
        this.subscriptions = subscriptions;
    }

    /** A load whose material nobody follows. */
    public LoadAttempt() {
        this(() -> {}, new MaterialSubscriptions());
    }

    /** {@return the beans that say when their material has changed} */
    public MaterialSubscriptions subscriptions() {
        return subscriptions;
    }

    /** {@return the files that are read} */
    public FilesRead files() {
        return files;
    }

    /** {@return the action for the beans} */
    public Runnable changed() {
        return changed;
    }

    /** Notes the values that are material themselves. */
    public void read(MaterialValues newValues) {
        values = newValues;
    }

    /**
     * Registers an action that undoes a part of this load.
     *
     * @param action run once, and only if the load fails
     */
    public void ifItFails(Runnable action) {
        undoing.push(action);
    }

    /** Undoes what the failed load has done, the last first. An action that fails is added to the failure. */
    void undo(Throwable failure) {
        while (!undoing.isEmpty()) {
            try {
                undoing.pop().run();
            } catch (RuntimeException e) {
                failure.addSuppressed(e);
            }
        }
    }

    /** Ends the load if there are errors. */
    public void throwErrors(ContextName context, Problems problems) throws SslContextException {
        if (problems.hasErrors()) {
            mayPass = problems.errors().stream().allMatch(Problem::mayPass);
            throw new SslContextException(context.toString(), problems.errors());
        }
    }

    /** Whether the failure may be a matter of moments: half of a pair has been replaced. */
    boolean mayPass() {
        return mayPass;
    }

    /** {@return what was read so far, to be compared later} */
    public WatchedState state() {
        return new WatchedState(files.states(), values);
    }
}
