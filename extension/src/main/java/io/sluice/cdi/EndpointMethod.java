package io.sluice.cdi;

import io.sluice.server.SocketEndpoint;
import io.sluice.stream.SocketStream;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.context.control.ActivateRequestContext;
import jakarta.enterprise.inject.spi.AnnotatedMethod;
import jakarta.enterprise.inject.spi.AnnotatedParameter;
import jakarta.enterprise.inject.spi.AnnotatedType;
import jakarta.enterprise.inject.spi.Bean;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A method of a bean that serves an endpoint.
 *
 * @param bean the bean whose contextual reference it is called on
 * @param method the method
 * @param type the bean's class, as the container knows it
 */
record EndpointMethod(Bean<?> bean, AnnotatedMethod<?> method, AnnotatedType<?> type) {

    /** Those of a bean, inherited ones included; a method that a subclass overrides is the subclass's. */
    static List<EndpointMethod> of(AnnotatedType<?> type, Bean<?> bean) {
        return type.getMethods().stream()
                .filter(method -> method.isAnnotationPresent(SocketEndpoint.class))
                .filter(method -> !isOverridden(method.getJavaMember(), type.getJavaClass()))
                .map(method -> new EndpointMethod(bean, method, type))
                .toList();
    }

    private static boolean isOverridden(Method method, Class<?> type) {
        if (Modifier.isPrivate(method.getModifiers()) || Modifier.isStatic(method.getModifiers())) {
            return false;
        }
        for (Class<?> sub = type; sub != null && sub != method.getDeclaringClass(); sub = sub.getSuperclass()) {
            if (Arrays.stream(sub.getDeclaredMethods()).anyMatch(other -> overrides(other, method))) {
                return true;
            }
        }
        return false;
    }

    private static boolean overrides(Method other, Method method) {
        return other.getName().equals(method.getName())
                && Arrays.equals(other.getParameterTypes(), method.getParameterTypes());
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
        return streamClass(method);
    }

    static Optional<Class<? extends SocketStream>> streamClass(AnnotatedMethod<?> method) {
        Class<?>[] types = method.getJavaMember().getParameterTypes();
        return types.length > 0 && SocketStream.class.isAssignableFrom(types[0])
                ? Optional.of(types[0].asSubclass(SocketStream.class))
                : Optional.empty();
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
    List<? extends AnnotatedParameter<?>> arguments() {
        return method.getParameters().stream()
                .filter(parameter -> parameter.getPosition() > 0)
                .toList();
    }

    String place() {
        return javaMethod().getDeclaringClass().getName() + "." + javaMethod().getName();
    }

    /** The endpoint in the words of a message. */
    String what() {
        return "endpoint \"" + name() + "\" (" + place() + ")";
    }
}
