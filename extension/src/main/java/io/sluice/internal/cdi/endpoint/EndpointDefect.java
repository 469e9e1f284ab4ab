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

/** Why a method cannot serve an endpoint. */
final class EndpointDefect {

    private EndpointDefect() {}

    /** All that is wrong with the method itself. */
    static List<String> of(EndpointMethod method) {
        List<String> defects = new ArrayList<>();
        if (!ContextName.isValid(method.name())) {
            defects.add("'" + method.name() + "' cannot be the name of an endpoint. " + ContextName.FORM);
        }
        int modifiers = method.javaMethod().getModifiers();
        if (Modifier.isStatic(modifiers)) {
            defects.add("the method is static, and belongs to no bean. Let it be an instance method");
        }
        if (Modifier.isPrivate(modifiers)) {
            defects.add(
                    "the method is private, so it cannot be called through the bean. Let it be package-private at least");
        }
        if (isOutOfReach(method)) {
            defects.add("the method is package-private and in another package than the bean, so it cannot be called"
                    + " through the bean. Make it protected or public");
        }
        if (SocketStream.class.isAssignableFrom(method.bean().getBeanClass())) {
            defects.add("the method belongs to a stream class, and an instance is made only for a connection."
                    + " Move the method to a bean of another class");
        }
        ofScope(method).ifPresent(defects::add);
        if (method.beanType().isEmpty()) {
            defects.add("the bean does not have the method's class among its types, so it cannot be called through the"
                    + " bean. Let @Typed name "
                    + method.javaMethod().getDeclaringClass().getSimpleName() + " too");
        }
        method.streamClass()
                .ifPresentOrElse(
                        type -> ofStreamClass(type).ifPresent(defects::add),
                        () -> defects.add("its first parameter is no stream. Let it be a SocketStream, or of a class"
                                + " that extends it"));
        return defects.stream().map(defect -> method.what() + ": " + defect).toList();
    }

    /** Client proxies are subclasses in the package of the bean's class, which overrides no such method. */
    private static boolean isOutOfReach(EndpointMethod method) {
        Class<?> declaring = method.javaMethod().getDeclaringClass();
        int modifiers = method.javaMethod().getModifiers();
        return (modifiers & (Modifier.PUBLIC | Modifier.PROTECTED | Modifier.PRIVATE | Modifier.STATIC)) == 0
                && !declaring.getPackage().equals(method.bean().getBeanClass().getPackage());
    }

    /** A scope that is never active on a connection's thread. */
    private static Optional<String> ofScope(EndpointMethod method) {
        Class<? extends Annotation> scope = method.bean().getScope();
        if (method.isOfRequest() && !method.asksForRequest()) {
            return Optional.of("the bean is @RequestScoped, and a connection is no request. Annotate the method"
                    + " or its class with @ActivateRequestContext for a request that lasts for the call, or let the bean be"
                    + " @ConnectionScoped");
        }
        return scope == SessionScoped.class || scope == ConversationScoped.class
                ? Optional.of("the bean is @" + scope.getSimpleName()
                        + ", and that scope is never active for a connection. Let it be @ConnectionScoped")
                : Optional.empty();
    }

    private static Optional<String> ofStreamClass(Class<? extends SocketStream> type) {
        return StreamClassDefect.of(type).map(defect -> "stream class " + type.getName() + ": " + defect);
    }
}
