package io.sluice.internal.cdi.endpoint;

import io.sluice.internal.cdi.container.ContainerExceptions;
import io.sluice.internal.cdi.container.PointType;
import io.sluice.internal.cdi.container.TypeVariables;
import io.sluice.internal.cdi.context.ContextPoint;
import jakarta.enterprise.context.spi.CreationalContext;
import jakarta.enterprise.inject.Default;
import jakarta.enterprise.inject.spi.Annotated;
import jakarta.enterprise.inject.spi.AnnotatedParameter;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.InjectionPoint;
import java.lang.annotation.Annotation;
import java.lang.reflect.Member;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The parameters of an endpoint's method after the stream. They are injected for each call. */
final class EndpointArguments {

    private final BeanManager beans;
    private final EndpointMethod method;
    private final List<InjectionPoint> points;

    EndpointArguments(BeanManager beans, EndpointMethod method) {
        this.beans = beans;
        this.method = method;
        TypeVariables variables = TypeVariables.of(method.type().getJavaClass());
        this.points = method.method().getParameters().stream()
                .filter(parameter -> parameter.getPosition() > 0)
                .<InjectionPoint>map((AnnotatedParameter<?> parameter) -> new ParameterPoint(
                        method.bean(),
                        parameter,
                        variables.resolved(parameter.getBaseType()),
                        qualifiers(parameter, beans)))
                .toList();
    }

    private static Set<Annotation> qualifiers(AnnotatedParameter<?> parameter, BeanManager beans) {
        Set<Annotation> qualifiers = parameter.getAnnotations().stream()
                .filter(annotation -> beans.isQualifier(annotation.annotationType()))
                .collect(Collectors.toUnmodifiableSet());
        return qualifiers.isEmpty() ? Set.of(Default.Literal.INSTANCE) : qualifiers;
    }

    List<InjectionPoint> points() {
        return points;
    }

    /** The container's problems with the points. Points of contexts have messages of their own. */
    Stream<String> problems() {
        return points.stream().filter(point -> ContextPoint.of(point).isEmpty()).flatMap(this::problem);
    }

    private Stream<String> problem(InjectionPoint point) {
        try {
            beans.validate(point);
            return Stream.empty();
        } catch (RuntimeException e) {
            return Stream.of(method.description() + ": the container cannot inject at " + PointType.place(point) + ": "
                    + ContainerExceptions.reason(e));
        }
    }

    /** Resolves the arguments of a call, the stream first. Dependent objects belong to the context. */
    Object[] resolve(Object stream, CreationalContext<?> context) {
        Object[] arguments = new Object[points.size() + 1];
        arguments[0] = stream;
        for (int i = 0; i < points.size(); i++) {
            arguments[i + 1] = beans.getInjectableReference(points.get(i), context);
        }
        return arguments;
    }

    /**
     * A parameter as an injection point. OpenWebBeans cannot make one for a method that it does not call itself: {@code
     * createInjectionPoint} fires an event without a bean, and fails.
     */
    private record ParameterPoint(Bean<?> bean, AnnotatedParameter<?> parameter, Type type, Set<Annotation> qualifiers)
            implements InjectionPoint {

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
}
