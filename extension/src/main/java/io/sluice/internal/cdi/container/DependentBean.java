package io.sluice.internal.cdi.container;

import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Any;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.util.Set;

/** Attributes of a dependent bean of the given types with one qualifier: never {@code @Default}. */
public record DependentBean<T>(Set<Type> types, Annotation qualifier) implements UnnamedBean<T> {

    @Override
    public Set<Type> getTypes() {
        return types;
    }

    @Override
    public Set<Annotation> getQualifiers() {
        return Set.of(qualifier, Any.Literal.INSTANCE);
    }

    @Override
    public Class<? extends Annotation> getScope() {
        return Dependent.class;
    }
}
