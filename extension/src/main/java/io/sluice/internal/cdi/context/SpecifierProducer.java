package io.sluice.internal.cdi.context;

import io.sluice.context.SslContextSpecifier;
import jakarta.enterprise.inject.Vetoed;

/** The producer method that resolves the qualifier into a specifier: one bean of it a context. */
@Vetoed
public final class SpecifierProducer {

    private SpecifierProducer() {}

    /**
     * The specifier of the context whose bean is being made.
     *
     * @return a stable specifier: it asks for the context's current material
     */
    public static SslContextSpecifier specifier() {
        return new InjectedSpecifier(BoundContext.current().context());
    }
}
