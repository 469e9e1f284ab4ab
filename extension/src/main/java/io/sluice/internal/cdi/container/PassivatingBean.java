package io.sluice.internal.cdi.container;

import jakarta.enterprise.context.spi.CreationalContext;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.InjectionPoint;
import jakarta.enterprise.inject.spi.PassivationCapable;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.util.Set;

/**
 * A bean whose instances are serialisable. Without it, containers would assume that a producer's bean of an extension is not, and would
 * not inject it into session-scoped beans.
 *
 * @param bean a dependent bean without a name
 * @param id its id for the container, the same in each run
 */
public record PassivatingBean<T>(Bean<T> bean, String id) implements Bean<T>, UnnamedBean<T>, PassivationCapable {

    @Override
    public String getId() {
        return id;
    }

    @Override
    public T create(CreationalContext<T> context) {
        return bean.create(context);
    }

    @Override
    public void destroy(T instance, CreationalContext<T> context) {
        bean.destroy(instance, context);
    }

    @Override
    public Class<?> getBeanClass() {
        return bean.getBeanClass();
    }

    @Override
    public Set<InjectionPoint> getInjectionPoints() {
        return bean.getInjectionPoints();
    }

    @Override
    public Set<Type> getTypes() {
        return bean.getTypes();
    }

    @Override
    public Set<Annotation> getQualifiers() {
        return bean.getQualifiers();
    }
}
