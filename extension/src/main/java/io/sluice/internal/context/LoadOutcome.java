package io.sluice.internal.context;

import io.sluice.context.SslContextException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The end of an attempt.
 *
 * @param before the generation before; null for the first load
 * @param after the one in use now; null if the attempt failed
 * @param hasOtherSources whether there are files where there were none before, or the other way round
 * @param failure null if the attempt succeeded
 * @param problems the failure in single messages
 * @param isNews whether the failure must be reported
 */
record LoadOutcome(
        @Nullable Generation before,
        @Nullable Generation after,
        boolean hasOtherSources,
        @Nullable Throwable failure,
        List<String> problems,
        boolean isNews) {

    static LoadOutcome loaded(@Nullable Generation before, Generation after, boolean hasOtherSources) {
        return new LoadOutcome(before, after, hasOtherSources, null, List.of(), true);
    }

    static LoadOutcome failed(@Nullable Generation before, Throwable failure, List<String> problems, boolean isNews) {
        return new LoadOutcome(before, null, false, failure, problems, isNews);
    }

    Generation orThrow() throws SslContextException {
        if (failure instanceof SslContextException e) {
            throw e;
        }
        if (failure instanceof RuntimeException e) {
            throw e;
        }
        if (failure instanceof Error e) {
            throw e;
        }
        return Objects.requireNonNull(after);
    }
}
