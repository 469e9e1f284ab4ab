package io.sluice.internal.cdi.container;

import jakarta.enterprise.inject.Any;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.util.Set;

/** The attributes of a dependent bean with the given types and one qualifier. It never has {@code @Default}. */
public record DependentBean<T>(Set<Type> types, Annotation qualifier) implements UnnamedBean<T> {

    @Override
    public Set<Type> getTypes() {
        return types;
    }

    @Override
    public Set<Annotation> getQualifiers() {
        return Set.of(qualifier, Any.Literal.INSTANCE);
    }
}
