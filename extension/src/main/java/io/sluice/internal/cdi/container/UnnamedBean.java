package io.sluice.internal.cdi.container;

import jakarta.enterprise.inject.spi.BeanAttributes;
import java.lang.annotation.Annotation;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What none of our beans has: a name, stereotypes, a place among the alternatives. */
public interface UnnamedBean<T> extends BeanAttributes<T> {

    @Override
    default @Nullable String getName() {
        return null;
    }

    @Override
    default Set<Class<? extends Annotation>> getStereotypes() {
        return Set.of();
    }

    @Override
    default boolean isAlternative() {
        return false;
    }
}
