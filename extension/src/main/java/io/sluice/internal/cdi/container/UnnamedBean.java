package io.sluice.internal.cdi.container;

import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.spi.BeanAttributes;
import java.lang.annotation.Annotation;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The attributes that Sluice's beans have in common: dependent, without a name or stereotypes, and not alternatives. */
public interface UnnamedBean<T> extends BeanAttributes<T> {

    @Override
    default Class<? extends Annotation> getScope() {
        return Dependent.class;
    }

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
