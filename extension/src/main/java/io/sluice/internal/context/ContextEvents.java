package io.sluice.internal.context;

import io.sluice.context.CertificateExpiring;
import io.sluice.context.ContextDescription;
import io.sluice.context.ContextReloadFailed;
import io.sluice.context.ContextReloaded;
import io.sluice.context.GenerationEnded;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The events of contexts. Their descriptions are made only if an observer asks for them. */
final class ContextEvents {

    private ContextEvents() {}

    /** A description that is made at most once. */
    private static final class Lazy {

        private final Supplier<ContextDescription> maker;
        private @Nullable ContextDescription made;

        Lazy(Supplier<ContextDescription> maker) {
            this.maker = maker;
        }

        synchronized ContextDescription get() {
            ContextDescription known = made;
            if (known == null) {
                known = maker.get();
                made = known;
            }
            return known;
        }
    }

    static ContextReloaded reloaded(
            String context,
            long generation,
            Supplier<ContextDescription> describeBefore,
            Supplier<ContextDescription> describeAfter) {
        return new Reloaded(context, generation, new Lazy(describeBefore), new Lazy(describeAfter));
    }

    static ContextReloadFailed failed(String context, List<String> problems, Supplier<ContextDescription> active) {
        return new Failed(context, List.copyOf(problems), new Lazy(active));
    }

    private record Reloaded(String context, long generation, Lazy lazyBefore, Lazy lazyAfter)
            implements ContextReloaded {

        @Override
        public ContextDescription before() {
            return lazyBefore.get();
        }

        @Override
        public ContextDescription after() {
            return lazyAfter.get();
        }

        @Override
        public String toString() {
            return "context '" + context + "' was reloaded (generation " + generation + ")";
        }
    }

    private record Failed(String context, List<String> problems, Lazy lazyActive) implements ContextReloadFailed {

        @Override
        public ContextDescription active() {
            return lazyActive.get();
        }

        @Override
        public String toString() {
            return "context '" + context + "' could not be reloaded: " + String.join("; ", problems);
        }
    }

    record Ended(String context, long generation, long current) implements GenerationEnded {}

    record Expiring(
            String context,
            Use use,
            String subject,
            Instant notAfter,
            String source,
            Optional<X509Certificate> certificate)
            implements CertificateExpiring {

        @Override
        public String toString() {
            return "context '" + context + "': '" + subject + "' expires at " + notAfter;
        }
    }
}
