package io.sluice.internal.context;

import io.sluice.context.SslContextException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The end of an attempt.
 *
 * @param before the generation before; null for the first load
 * @param after the new one; null if the attempt failed
 * @param failure null if the attempt succeeded
 * @param mayPass whether the failure is probably a matter of moments
 * @param isNew whether the sources are not those of a failure that was reported
 */
record LoadOutcome(
        @Nullable Generation before,
        @Nullable Generation after,
        @Nullable Exception failure,
        boolean mayPass,
        boolean isNew) {

    LoadOutcome lasting() {
        return new LoadOutcome(before, after, failure, false, isNew);
    }

    Generation orThrow() throws SslContextException {
        if (failure instanceof SslContextException e) {
            throw e;
        }
        if (failure instanceof RuntimeException e) {
            throw e;
        }
        return Objects.requireNonNull(after);
    }
}
