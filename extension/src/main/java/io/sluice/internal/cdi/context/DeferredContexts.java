package io.sluice.internal.cdi.context;

import io.sluice.context.NamedSslContext;
import io.sluice.internal.context.ContextRegistry;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The contexts by name, for objects that are made before the contexts and use them later. */
public final class DeferredContexts implements Function<String, NamedSslContext> {

    private @Nullable ContextRegistry registry;

    /** Sets the contexts, once and before their first use. */
    public ContextRegistry set(ContextRegistry contexts) {
        registry = contexts;
        return contexts;
    }

    @Override
    public NamedSslContext apply(String name) {
        return Objects.requireNonNull(registry, "the contexts are not known yet")
                .get(name);
    }
}
