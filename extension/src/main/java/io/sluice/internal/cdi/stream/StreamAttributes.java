package io.sluice.internal.cdi.stream;

import io.sluice.internal.cdi.container.UnnamedBean;
import jakarta.enterprise.inject.Specializes;
import jakarta.enterprise.inject.spi.AnnotatedType;
import jakarta.enterprise.inject.spi.BeanAttributes;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.util.Set;

/**
 * The attributes of a discovered stream class: a bean still, so that its injection points are validated, but under a
 * private qualifier and with its own class as its only type.
 */
public record StreamAttributes<T>(BeanAttributes<T> declared, Set<Type> types) implements UnnamedBean<T> {

    /** One that specializes another has all of its types, or the containers refuse it. */
    public static <T> StreamAttributes<T> of(BeanAttributes<T> declared, AnnotatedType<?> type) {
        return new StreamAttributes<>(
                declared,
                type.isAnnotationPresent(Specializes.class)
                        ? declared.getTypes()
                        : Set.of(type.getJavaClass(), Object.class));
    }

    @Override
    public Set<Type> getTypes() {
        return types;
    }

    @Override
    public Set<Annotation> getQualifiers() {
        return Set.of(StreamClassQualifier.Literal.INSTANCE);
    }

    @Override
    public Class<? extends Annotation> getScope() {
        return declared.getScope();
    }

    @Override
    public Set<Class<? extends Annotation>> getStereotypes() {
        return declared.getStereotypes();
    }

    @Override
    public boolean isAlternative() {
        return declared.isAlternative();
    }
}
