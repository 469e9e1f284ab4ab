package io.sluice.internal.cdi.context;

import io.sluice.context.NamedSslContext;
import io.sluice.internal.context.ContextRegistry;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The contexts by name for what is made before them, and asks for them when they are used. */
public final class DeferredContexts implements Function<String, NamedSslContext> {

    private @Nullable ContextRegistry registry;

    /** Called once, before the first use. */
    public ContextRegistry are(ContextRegistry made) {
        registry = made;
        return made;
    }

    @Override
    public NamedSslContext apply(String name) {
        return Objects.requireNonNull(registry, "the contexts are not known yet")
                .get(name);
    }
}
