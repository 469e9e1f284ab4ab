package io.sluice.cdi;

import io.sluice.stream.SocketStream;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.spi.AnnotatedType;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.inject.Inject;
import java.lang.annotation.Annotation;
import java.lang.reflect.Modifier;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Why a class cannot be a stream class. Said by us, because each container says it differently, later, or not at all. */
final class StreamClassDefect {

    private StreamClassDefect() {}

    /** Of any class, from the class itself. */
    static Optional<String> of(Class<?> type) {
        if (!SocketStream.class.isAssignableFrom(type)) {
            return Optional.of("it does not extend SocketStream");
        } else if (Modifier.isAbstract(type.getModifiers())) {
            return Optional.of("it is abstract");
        } else if (type.isMemberClass() && !Modifier.isStatic(type.getModifiers())
                || type.isAnonymousClass()
                || type.isLocalClass()) {
            return Optional.of("it is an inner class: make it static or a class of its own");
        } else if (Modifier.isPrivate(type.getModifiers())) {
            return Optional.of("it is private");
        }
        return Optional.empty();
    }

    /** Of a class that was no bean at deployment, where the container would have found these. */
    static Optional<String> ofUndiscovered(Class<?> type, BeanManager beans) {
        AnnotatedType<?> annotated = beans.createAnnotatedType(type);
        for (Annotation annotation : annotated.getAnnotations()) {
            if (beans.isScope(annotation.annotationType()) && !(annotation instanceof Dependent)) {
                return Optional.of(scope(annotation.annotationType()));
            }
        }
        boolean makeable = annotated.getConstructors().stream()
                .anyMatch(constructor -> constructor.isAnnotationPresent(Inject.class)
                        || constructor.getParameters().isEmpty()
                                && !Modifier.isPrivate(
                                        constructor.getJavaMember().getModifiers()));
        return makeable
                ? Optional.empty()
                : Optional.of("it has neither an @Inject constructor nor a non-private one without parameters");
    }

    static String scope(Class<? extends Annotation> scope) {
        return "it is @" + scope.getSimpleName()
                + ": a stream belongs to whoever created it, so its scope must be @Dependent";
    }

    static void refuse(Optional<String> defect, Class<?> type) {
        if (defect.isPresent()) {
            throw refusal(type, defect.get(), null);
        }
    }

    static IllegalArgumentException refusal(Class<?> type, String defect, @Nullable Throwable cause) {
        return new IllegalArgumentException("stream class " + type.getName() + ": " + defect, cause);
    }
}
