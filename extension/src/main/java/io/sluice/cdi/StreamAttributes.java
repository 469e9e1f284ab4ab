package io.sluice.cdi;

import jakarta.enterprise.inject.spi.BeanAttributes;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.util.Set;

/**
 * The attributes of a discovered stream class: a bean still, so that its injection points are validated, but under a
 * private qualifier and with its own class as its only type.
 */
record StreamAttributes<T>(BeanAttributes<T> declared, Class<?> type) implements UnnamedBean<T> {

    @Override
    public Set<Type> getTypes() {
        return Set.of(type, Object.class);
    }

    @Override
    public Set<Annotation> getQualifiers() {
        return Set.of(StreamBean.Literal.INSTANCE);
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
