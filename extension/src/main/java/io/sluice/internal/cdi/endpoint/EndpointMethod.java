package io.sluice.internal.cdi.endpoint;

import io.sluice.internal.cdi.container.TypeVariables;
import io.sluice.internal.cdi.stream.StreamTypes;
import io.sluice.server.SocketEndpoint;
import io.sluice.stream.SocketStream;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.context.control.ActivateRequestContext;
import jakarta.enterprise.inject.spi.AnnotatedMethod;
import jakarta.enterprise.inject.spi.AnnotatedType;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Optional;

/**
 * A bean's method that serves an endpoint.
 *
 * @param bean the bean
 * @param method the method, which is called on the bean's contextual reference
 * @param type the bean's class as the container knows it
 */
public record EndpointMethod(Bean<?> bean, AnnotatedMethod<?> method, AnnotatedType<?> type) {

    public static List<EndpointMethod> of(AnnotatedType<?> type, Bean<?> bean, BeanManager beans) {
        return EndpointDeclarations.of(type, beans).stream()
                .map(method -> new EndpointMethod(bean, method, type))
                .toList();
    }

    SocketEndpoint annotation() {
        return method.getAnnotation(SocketEndpoint.class);
    }

    String name() {
        return annotation().value();
    }

    Class<?> beanClass() {
        return bean.getBeanClass();
    }

    Method javaMethod() {
        return method.getJavaMember();
    }

    /** The class of the stream: the first parameter, or any parameter of a method of messages, which may omit it. */
    Optional<Class<? extends SocketStream>> streamClass() {
        return StreamTypes.ofEndpoint(method, type.getJavaClass());
    }

    /** Returns true if the first parameter is a message, and not the stream. */
    boolean isOfMessages() {
        return StreamTypes.isOfMessages(method, type.getJavaClass());
    }

    /** The type of the messages. */
    Type messageType() {
        return resolved(javaMethod().getGenericParameterTypes()[0]);
    }

    /** The type of the method's result. */
    Type resultType() {
        return resolved(javaMethod().getGenericReturnType());
    }

    private Type resolved(Type declared) {
        return TypeVariables.of(type.getJavaClass()).resolved(declared);
    }

    /** A type of the bean that has the method. */
    Optional<Type> beanType() {
        return bean.getTypes().contains(beanClass())
                ? Optional.of(beanClass())
                : bean.getTypes().stream()
                        .filter(each -> javaMethod().getDeclaringClass().isAssignableFrom(TypeVariables.raw(each)))
                        .findFirst();
    }

    boolean isRequestScoped() {
        return bean.getScope() == RequestScoped.class;
    }

    boolean activatesRequest() {
        return method.isAnnotationPresent(ActivateRequestContext.class)
                || type.isAnnotationPresent(ActivateRequestContext.class);
    }

    String place() {
        return javaMethod().getDeclaringClass().getName() + "." + javaMethod().getName();
    }

    /** The endpoint in messages. */
    String description() {
        return "endpoint '" + name() + "' (" + place() + ")";
    }
}
