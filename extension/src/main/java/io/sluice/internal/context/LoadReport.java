package io.sluice.internal.context;

import io.sluice.context.ContextReloadFailed;
import io.sluice.context.ContextReloaded;
import io.sluice.context.SslContextException;
import io.sluice.internal.settings.ContextName;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Reports how a reload ended, with a log line and an event. */
record LoadReport(ReloadableContext context, ContextName name, ContextObserver observer) {

    private static final Logger LOG = System.getLogger(LoadReport.class.getName());

    /** Reports everything but a first load. */
    void report(LoadOutcome outcome) {
        Generation before = outcome.before();
        Generation after = outcome.after();
        if (before != null && after != null) {
            reportSuccess(before, after);
        } else if (before != null && outcome.isNews()) {
            reportFailure(outcome, before);
        }
    }

    private void reportSuccess(Generation before, Generation after) {
        LOG.log(
                Level.INFO,
                after == before
                        ? name + ": the sources hold the material in use again"
                        : name + " uses new material (generation " + after.number() + ")");
        if (after != before) {
            context.replaced(before, after);
        }
        observer.fire(
                name.value(),
                ContextReloaded.class,
                ContextEvents.reloaded(
                        name.value(), after.number(), () -> context.describe(before), () -> context.describe(after)));
    }

    private void reportFailure(LoadOutcome outcome, Generation active) {
        String words = outcome.failure() instanceof SslContextException e
                ? String.valueOf(e.getMessage())
                : name + ": " + outcome.failure();
        LOG.log(Level.WARNING, words + staysInUse(active));
        observer.fire(
                name.value(),
                ContextReloadFailed.class,
                ContextEvents.failed(name.value(), outcome.problems(), () -> context.describe(active)));
    }

    static String staysInUse(Generation active) {
        Instant loadedAt = active.loadedAt().truncatedTo(ChronoUnit.SECONDS);
        return " (the material loaded at " + loadedAt + " stays in use)";
    }
}
