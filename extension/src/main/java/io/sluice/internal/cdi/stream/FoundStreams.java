package io.sluice.internal.cdi.stream;

import io.sluice.internal.cdi.container.ChosenBean;
import io.sluice.internal.cdi.container.PointType;
import io.sluice.stream.SocketStream;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Default;
import jakarta.enterprise.inject.Specializes;
import jakarta.enterprise.inject.spi.AnnotatedType;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.InjectionPoint;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The result of discovery for streams. Immutable.
 *
 * @param classes the stream classes that are enabled beans
 * @param points the injection points of the current stream
 * @param assisted the types of initargs
 */
public record FoundStreams(List<StreamClass> classes, List<CurrentStreamPoint> points, Set<Type> assisted) {

    public FoundStreams {
        classes = List.copyOf(classes);
        points = List.copyOf(points);
        assisted = Set.copyOf(assisted);
    }

    public static FoundStreams of(List<StreamClass> classes, List<InjectionPoint> points) {
        return new FoundStreams(
                classes,
                points.stream().flatMap(CurrentStreamPoint::of).toList(),
                points.stream()
                        .filter(AssistedPoint::isAssisted)
                        .map(point -> AssistedPoint.boxed(point.getType()))
                        .collect(Collectors.toSet()));
    }

    /**
     * The bean that creates the instances of a stream class, chosen as for an injection point of that class: the class's own, one
     * that specializes it, or an enabled alternative that extends it. SocketStream itself is not a bean, so it has no alternative.
     *
     * @throws IllegalArgumentException if several alternatives are enabled and none of them has the highest priority
     */
    Optional<Bean<?>> bean(Class<?> type, BeanManager beans) {
        Set<Bean<?>> candidates = classes.stream()
                .filter(found -> found.replaces(type))
                .map(StreamClass::bean)
                .collect(Collectors.toUnmodifiableSet());
        if (candidates.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(ChosenBean.among(candidates, beans).orElseThrow(() -> ambiguous(type, candidates)));
    }

    /** Whether no other object is created for an instance of a bean. */
    boolean isAlone(Bean<?> bean) {
        return classes.stream().anyMatch(found -> found.bean() == bean && found.alone());
    }

    private static IllegalArgumentException ambiguous(Class<?> type, Set<Bean<?>> candidates) {
        String alternatives = candidates.stream()
                .filter(Bean::isAlternative)
                .map(bean -> bean.getBeanClass().getName())
                .sorted()
                .collect(Collectors.joining(" and "));
        return StreamClassDefect.exception(
                type,
                "several alternatives replace it: " + alternatives + ". Enable only one of them as an alternative, or"
                        + " give one a higher @Priority",
                null);
    }

    /** The problems of the classes that are beans. */
    public List<String> problems() {
        return classes.stream()
                .flatMap(found -> found.defects().stream()
                        .map(defect -> "stream class " + found.type().getName() + " " + defect))
                .toList();
    }

    /**
     * A stream class that is an enabled bean.
     *
     * @param type the class
     * @param bean the bean
     * @param defects the defects of the class as a bean
     * @param alone whether no other object is created for an instance, unless the container extends the class
     */
    public record StreamClass(Class<?> type, Bean<?> bean, List<String> defects, boolean alone) {

        public static StreamClass of(AnnotatedType<?> type, Bean<?> bean) {
            return new StreamClass(
                    type.getJavaClass(), bean, StreamClassDefect.ofBean(type, bean), isAlone(type, bean));
        }

        /** Interceptors of the life cycle belong to the instance, even if the container does not extend its class. */
        static boolean isAlone(AnnotatedType<?> type, Bean<?> bean) {
            return bean.getInjectionPoints().isEmpty()
                    && type.getAnnotations().stream()
                            .allMatch(annotation -> annotation.annotationType() == Dependent.class);
        }

        /** Returns true if it is the requested class, or is used instead: as its alternative, or because it specializes it. */
        boolean replaces(Class<?> requested) {
            return requested == type
                    || requested != SocketStream.class
                            && requested.isAssignableFrom(type)
                            && (bean.isAlternative() || specializes(requested));
        }

        private boolean specializes(Class<?> requested) {
            Class<?> each = type;
            while (each != requested && each.isAnnotationPresent(Specializes.class)) {
                each = each.getSuperclass();
            }
            return each == requested;
        }
    }

    /**
     * An injection point of the current stream: a stream class without a qualifier.
     *
     * @param type the stream class
     * @param required whether it must be satisfied, which an {@code Instance} need not be
     * @param place the point's place for messages
     */
    record CurrentStreamPoint(Class<? extends SocketStream> type, boolean required, String place) {

        static Stream<CurrentStreamPoint> of(InjectionPoint point) {
            PointType requested = PointType.of(point);
            return requested.type() instanceof Class<?> type
                            && SocketStream.class.isAssignableFrom(type)
                            && point.getQualifiers().contains(Default.Literal.INSTANCE)
                    ? Stream.of(new CurrentStreamPoint(
                            type.asSubclass(SocketStream.class), requested.required(), PointType.place(point)))
                    : Stream.empty();
        }
    }
}
