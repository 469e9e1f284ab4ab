package io.sluice.internal.cdi.stream;

import io.sluice.stream.Assisted;
import io.sluice.stream.SocketStream;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.spi.AnnotatedMethod;
import jakarta.enterprise.inject.spi.AnnotatedType;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.inject.Inject;
import java.lang.annotation.Annotation;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The reasons why a class cannot be a stream class. Containers report them differently, later, or not at all. */
public final class StreamClassDefect {

    private StreamClassDefect() {}

    /** The defect of any class, found in the class itself. */
    public static Optional<String> of(Class<?> type) {
        if (!SocketStream.class.isAssignableFrom(type)) {
            return Optional.of("it does not extend SocketStream");
        } else if (Modifier.isAbstract(type.getModifiers())) {
            return Optional.of("it is abstract. Use a concrete subclass");
        } else if (type.isMemberClass() && !Modifier.isStatic(type.getModifiers())
                || type.isAnonymousClass()
                || type.isLocalClass()) {
            return Optional.of("it is an inner class. Make it static or a top-level class");
        } else if (Modifier.isPrivate(type.getModifiers())) {
            return Optional.of("it is private. Make it at least package-private");
        } else if (type.getTypeParameters().length > 0) {
            return Optional.of(
                    "it is generic, so its types are unknown when it is created: use a subclass that fixes them");
        }
        return Optional.empty();
    }

    /** The defects of a class as a bean, in words that follow its name. */
    static List<String> ofBean(AnnotatedType<?> type, Bean<?> bean) {
        List<String> defects = new ArrayList<>();
        if (bean.getScope() != Dependent.class) {
            defects.add(scope(bean.getScope()));
        }
        type.getMethods().stream()
                .filter(method -> !method.isStatic() && isObserverOrProducer(method))
                .map(method -> "has the method " + method.getJavaMember().getName() + ", which is an observer or"
                        + " producer: the container would call it on an instance without a connection. Move it to"
                        + " another bean, or make it static")
                .forEach(defects::add);
        return defects;
    }

    private static boolean isObserverOrProducer(AnnotatedMethod<?> method) {
        return method.isAnnotationPresent(Produces.class)
                || method.getParameters().stream()
                        .anyMatch(parameter -> parameter.isAnnotationPresent(Observes.class)
                                || parameter.isAnnotationPresent(ObservesAsync.class));
    }

    /** The defect of a class that was not a bean at deployment, when the container would have found it. */
    static Optional<String> ofUndiscovered(Class<?> type, BeanManager beans) {
        AnnotatedType<?> annotated = beans.createAnnotatedType(type);
        for (Annotation annotation : annotated.getAnnotations()) {
            if (beans.isScope(annotation.annotationType()) && !(annotation instanceof Dependent)) {
                return Optional.of("it " + scope(annotation.annotationType()));
            }
        }
        if (Modifier.isFinal(type.getModifiers()) && isIntercepted(annotated, beans)) {
            return Optional.of("it is final, but its interceptors need a subclass: make it non-final");
        }
        if (takesInitargs(annotated)) {
            return Optional.of("it takes initargs (@Assisted), so it must be discovered at deployment: annotate it with"
                    + " @Dependent, in an archive whose beans are discovered");
        }
        boolean instantiable = annotated.getConstructors().stream()
                .anyMatch(constructor -> constructor.isAnnotationPresent(Inject.class)
                        || constructor.getParameters().isEmpty()
                                && !Modifier.isPrivate(
                                        constructor.getJavaMember().getModifiers()));
        return instantiable
                ? Optional.empty()
                : Optional.of("it has neither an @Inject constructor nor a non-private one without parameters");
    }

    private static boolean isIntercepted(AnnotatedType<?> type, BeanManager beans) {
        return Stream.concat(
                        type.getAnnotations().stream(),
                        type.getMethods().stream().flatMap(method -> method.getAnnotations().stream()))
                .anyMatch(annotation -> beans.isInterceptorBinding(annotation.annotationType()));
    }

    /** The container knows the types of initargs only from discovered classes. */
    private static boolean takesInitargs(AnnotatedType<?> type) {
        return Stream.of(
                        type.getFields().stream(),
                        type.getConstructors().stream().flatMap(constructor -> constructor.getParameters().stream()),
                        type.getMethods().stream().flatMap(method -> method.getParameters().stream()))
                .flatMap(points -> points)
                .anyMatch(point -> point.isAnnotationPresent(Assisted.class));
    }

    static String scope(Class<? extends Annotation> scope) {
        return "is @" + scope.getSimpleName() + ": a stream belongs to its creator, so its scope must be @Dependent";
    }

    /** Throws the exception if there is a defect. */
    static void requireNone(Optional<String> defect, Class<?> type) {
        if (defect.isPresent()) {
            throw exception(type, defect.get(), null);
        }
    }

    static IllegalArgumentException exception(Class<?> type, String defect, @Nullable Throwable cause) {
        return new IllegalArgumentException("stream class " + type.getName() + ": " + defect, cause);
    }
}
