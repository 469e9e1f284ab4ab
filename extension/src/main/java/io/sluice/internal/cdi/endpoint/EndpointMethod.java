package io.sluice.internal.cdi.endpoint;

import io.sluice.internal.cdi.container.TypeVariables;
import io.sluice.internal.cdi.stream.StreamTypes;
import io.sluice.server.SocketEndpoint;
import io.sluice.stream.SocketStream;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.context.control.ActivateRequestContext;
import jakarta.enterprise.inject.spi.AnnotatedMethod;
import jakarta.enterprise.inject.spi.AnnotatedParameter;
import jakarta.enterprise.inject.spi.AnnotatedType;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A method of a bean that serves an endpoint.
 *
 * @param bean the bean whose contextual reference it is called on
 * @param method the method
 * @param type the bean's class, as the container knows it
 */
public record EndpointMethod(Bean<?> bean, AnnotatedMethod<?> method, AnnotatedType<?> type) {

    public static List<EndpointMethod> of(AnnotatedType<?> type, Bean<?> bean, BeanManager beans) {
        return EndpointDeclarations.of(type, beans).stream()
                .map(method -> new EndpointMethod(bean, method, type))
                .toList();
    }

    SocketEndpoint declared() {
        return method.getAnnotation(SocketEndpoint.class);
    }

    String name() {
        return declared().value();
    }

    Method javaMethod() {
        return method.getJavaMember();
    }

    /** The class of the first parameter, if that is a stream. */
    Optional<Class<? extends SocketStream>> streamClass() {
        return StreamTypes.ofEndpoint(method, type.getJavaClass());
    }

    /** The type that the bean's reference is asked for as: any that has the method. */
    Optional<Type> beanType() {
        Class<?> beanClass = bean.getBeanClass();
        return bean.getTypes().contains(beanClass)
                ? Optional.of(beanClass)
                : bean.getTypes().stream()
                        .filter(each -> javaMethod().getDeclaringClass().isAssignableFrom(TypeVariables.raw(each)))
                        .findFirst();
    }

    /** Whether it is called on a bean of the request scope, which a connection has only where it is asked for. */
    boolean isOfRequest() {
        return bean.getScope() == RequestScoped.class;
    }

    boolean asksForRequest() {
        return method.isAnnotationPresent(ActivateRequestContext.class)
                || type.isAnnotationPresent(ActivateRequestContext.class);
    }

    /** What is injected at each call: everything behind the stream. */
    Stream<ArgumentPoint> arguments(BeanManager beans) {
        TypeVariables variables = TypeVariables.of(type.getJavaClass());
        return method.getParameters().stream()
                .filter(parameter -> parameter.getPosition() > 0)
                .map((AnnotatedParameter<?> parameter) ->
                        ArgumentPoint.of(bean, parameter, variables.resolved(parameter.getBaseType()), beans));
    }

    String place() {
        return javaMethod().getDeclaringClass().getName() + "." + javaMethod().getName();
    }

    /** The endpoint in the words of a message. */
    String what() {
        return "endpoint \"" + name() + "\" (" + place() + ")";
    }
}
