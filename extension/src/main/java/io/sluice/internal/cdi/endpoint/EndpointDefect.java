package io.sluice.internal.cdi.endpoint;

import io.sluice.internal.cdi.stream.StreamClassDefect;
import io.sluice.internal.settings.ContextName;
import io.sluice.stream.SocketStream;
import jakarta.enterprise.context.ConversationScoped;
import jakarta.enterprise.context.SessionScoped;
import java.lang.annotation.Annotation;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The reasons why a method cannot serve an endpoint. */
final class EndpointDefect {

    private EndpointDefect() {}

    /** All defects of the method itself. */
    static List<String> of(EndpointMethod method) {
        List<String> defects = new ArrayList<>();
        if (!ContextName.isValid(method.name())) {
            defects.add("'" + method.name() + "' is not a valid name of an endpoint. " + ContextName.FORM);
        }
        int modifiers = method.javaMethod().getModifiers();
        if (Modifier.isStatic(modifiers)) {
            defects.add("the method is static, so it does not belong to a bean. Make it an instance method");
        }
        if (Modifier.isPrivate(modifiers)) {
            defects.add(
                    "the method is private, so it cannot be called through the bean. Make it at least package-private");
        }
        if (isInaccessible(method)) {
            defects.add("the method is package-private, but its bean is in another package, so it cannot be called"
                    + " through the bean. Make it protected or public");
        }
        if (SocketStream.class.isAssignableFrom(method.beanClass())) {
            defects.add("the method belongs to a stream class, whose instances are created only for connections."
                    + " Move the method to a bean of another class");
        }
        ofScope(method).ifPresent(defects::add);
        if (method.beanType().isEmpty()) {
            defects.add("the method's class is not a type of the bean, so the method cannot be called through the bean."
                    + " Add "
                    + method.javaMethod().getDeclaringClass().getSimpleName() + " to @Typed");
        }
        method.streamClass()
                .ifPresentOrElse(
                        type -> ofStreamClass(type).ifPresent(defects::add),
                        () -> defects.add("the method needs a parameter: a SocketStream or a subclass, or a message"));
        return defects.stream()
                .map(defect -> method.description() + ": " + defect)
                .toList();
    }

    /** Client proxies are subclasses in the bean's package, which cannot override such a method. */
    private static boolean isInaccessible(EndpointMethod method) {
        Class<?> declaring = method.javaMethod().getDeclaringClass();
        int modifiers = method.javaMethod().getModifiers();
        return (modifiers & (Modifier.PUBLIC | Modifier.PROTECTED | Modifier.PRIVATE | Modifier.STATIC)) == 0
                && !declaring.getPackage().equals(method.beanClass().getPackage());
    }

    /** The defect of a scope that is never active on a connection's thread. */
    private static Optional<String> ofScope(EndpointMethod method) {
        Class<? extends Annotation> scope = method.bean().getScope();
        if (method.isRequestScoped() && !method.activatesRequest()) {
            return Optional.of("the bean is @RequestScoped, but no request is active for a connection. Annotate the"
                    + " method or its class with @ActivateRequestContext for a request that lasts for the call, or make"
                    + " the bean @ConnectionScoped");
        }
        return scope == SessionScoped.class || scope == ConversationScoped.class
                ? Optional.of("the bean is @" + scope.getSimpleName()
                        + ", and that scope is never active for a connection. Make it @ConnectionScoped")
                : Optional.empty();
    }

    private static Optional<String> ofStreamClass(Class<? extends SocketStream> type) {
        return StreamClassDefect.of(type).map(defect -> "stream class " + type.getName() + ": " + defect);
    }
}
