package io.sluice.internal.cdi.endpoint;

import io.sluice.internal.cdi.container.PointType;
import jakarta.enterprise.inject.Default;
import jakarta.enterprise.inject.spi.Annotated;
import jakarta.enterprise.inject.spi.AnnotatedParameter;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.InjectionPoint;
import java.lang.annotation.Annotation;
import java.lang.reflect.Member;
import java.lang.reflect.Type;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A parameter of an endpoint's method as an injection point. OpenWebBeans cannot make one of a method that it does not call itself:
 * {@code createInjectionPoint} fires an event that has no bean, and fails.
 */
record ArgumentPoint(Bean<?> bean, AnnotatedParameter<?> parameter, Type type, Set<Annotation> qualifiers)
        implements InjectionPoint {

    static ArgumentPoint of(Bean<?> bean, AnnotatedParameter<?> parameter, Type type, BeanManager beans) {
        Set<Annotation> qualifiers = parameter.getAnnotations().stream()
                .filter(annotation -> beans.isQualifier(annotation.annotationType()))
                .collect(Collectors.toUnmodifiableSet());
        return new ArgumentPoint(
                bean, parameter, type, qualifiers.isEmpty() ? Set.of(Default.Literal.INSTANCE) : qualifiers);
    }

    @Override
    public Type getType() {
        return type;
    }

    @Override
    public Set<Annotation> getQualifiers() {
        return qualifiers;
    }

    @Override
    public Bean<?> getBean() {
        return bean;
    }

    @Override
    public Member getMember() {
        return parameter.getDeclaringCallable().getJavaMember();
    }

    @Override
    public Annotated getAnnotated() {
        return parameter;
    }

    @Override
    public boolean isDelegate() {
        return false;
    }

    @Override
    public boolean isTransient() {
        return false;
    }

    @Override
    public String toString() {
        return PointType.place(this);
    }
}
