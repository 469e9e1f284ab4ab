package io.sluice.internal.cdi.context;

import io.sluice.context.SslContextSpecifier;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;

/**
 * Resolves {@code @SslContext("name")} into a specifier. A qualifier's name takes part in the resolution of beans, and a producer method has
 * one qualifier value. So discovery excludes this class, and {@link ContextBeans} registers its method once for each name.
 */
public final class SpecifierProducer {

    private SpecifierProducer() {}

    /**
     * Produces the specifier of the context whose bean is being created.
     *
     * @return a specifier that follows a reload of the context
     */
    @Produces
    @Dependent
    public static SslContextSpecifier specifier() {
        return new InjectedSpecifier(BoundContext.current().context());
    }
}
