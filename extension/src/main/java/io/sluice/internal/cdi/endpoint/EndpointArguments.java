package io.sluice.internal.cdi.endpoint;

import io.sluice.internal.cdi.container.ContainerExceptions;
import io.sluice.internal.cdi.container.PointType;
import io.sluice.internal.cdi.container.TypeVariables;
import io.sluice.internal.cdi.context.ContextPoint;
import io.sluice.server.ServerConnection;
import io.sluice.stream.SocketStream;
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

/**
 * The parameters of an endpoint's method after the first one. They are injected for each call. A method of messages gets the stream and its
 * connection as they are.
 */
final class EndpointArguments {

    private final BeanManager beans;
    private final EndpointMethod method;
    private final List<Argument> further;

    /** How a parameter gets its argument. */
    private sealed interface Argument {

        /** The stream of the connection. */
        record OfStream() implements Argument {}

        /** The connection. */
        record OfConnection() implements Argument {}

        /** An injected object. */
        record Injected(InjectionPoint point) implements Argument {}
    }

    EndpointArguments(BeanManager beans, EndpointMethod method) {
        this.beans = beans;
        this.method = method;
        TypeVariables variables = TypeVariables.of(method.type().getJavaClass());
        this.further = method.method().getParameters().stream()
                .filter(parameter -> parameter.getPosition() > 0)
                .map((AnnotatedParameter<?> parameter) -> argument(parameter, variables))
                .toList();
    }

    private Argument argument(AnnotatedParameter<?> parameter, TypeVariables variables) {
        Type type = variables.resolved(parameter.getBaseType());
        Set<Annotation> qualifiers = qualifiers(parameter, beans);
        if (method.isOfMessages() && qualifiers.equals(Set.of(Default.Literal.INSTANCE))) {
            Class<?> raw = variables.erased(type);
            if (SocketStream.class.isAssignableFrom(raw)) {
                return new Argument.OfStream();
            } else if (raw == ServerConnection.class) {
                return new Argument.OfConnection();
            }
        }
        return new Argument.Injected(new ParameterPoint(method.bean(), parameter, type, qualifiers));
    }

    private static Set<Annotation> qualifiers(AnnotatedParameter<?> parameter, BeanManager beans) {
        Set<Annotation> qualifiers = parameter.getAnnotations().stream()
                .filter(annotation -> beans.isQualifier(annotation.annotationType()))
                .collect(Collectors.toUnmodifiableSet());
        return qualifiers.isEmpty() ? Set.of(Default.Literal.INSTANCE) : qualifiers;
    }

    /** The manager of the endpoint's archive. */
    BeanManager beans() {
        return beans;
    }

    List<InjectionPoint> points() {
        return further.stream()
                .<InjectionPoint>mapMulti((argument, found) -> {
                    if (argument instanceof Argument.Injected injected) {
                        found.accept(injected.point());
                    }
                })
                .toList();
    }

    /** Whether the first argument is all that the method needs. */
    boolean isSingle() {
        return further.isEmpty();
    }

    /** The container's problems with the points. Points of contexts have messages of their own. */
    Stream<String> problems() {
        return points().stream()
                .filter(point -> ContextPoint.of(point).isEmpty())
                .flatMap(this::problem);
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

    /** Resolves the arguments of a call, the given one first. Dependent objects belong to the context. */
    Object[] resolve(Object first, SocketStream stream, ServerConnection connection, CreationalContext<?> context) {
        Object[] arguments = new Object[further.size() + 1];
        arguments[0] = first;
        for (int i = 0; i < further.size(); i++) {
            Argument argument = further.get(i);
            if (argument instanceof Argument.Injected injected) {
                arguments[i + 1] = beans.getInjectableReference(injected.point(), context);
            } else {
                arguments[i + 1] = argument instanceof Argument.OfStream ? stream : connection;
            }
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
