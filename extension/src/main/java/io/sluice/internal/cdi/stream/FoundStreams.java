package io.sluice.internal.cdi.stream;

import io.sluice.internal.cdi.container.ChosenBean;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What discovery found of streams. Immutable.
 *
 * @param classes the stream classes that are enabled beans
 * @param points where the current stream is injected
 * @param assisted the types of initargs
 */
public record FoundStreams(List<FoundStreamClass> classes, List<CurrentStreamPoint> points, Set<Type> assisted) {

    public FoundStreams {
        classes = List.copyOf(classes);
        points = List.copyOf(points);
        assisted = Set.copyOf(assisted);
    }

    /**
     * The bean of which instances of a stream class are made, chosen as for an injection point of that class: the class's own, one
     * that specializes it, or an enabled alternative that extends it. SocketStream itself is not a bean, so it has no alternative.
     *
     * @throws IllegalArgumentException if several alternatives are enabled and none of them has the highest priority
     */
    Optional<Bean<?>> bean(Class<?> type, BeanManager beans) {
        Set<Bean<?>> candidates = classes.stream()
                .filter(found -> found.serves(type))
                .map(FoundStreamClass::bean)
                .collect(Collectors.toUnmodifiableSet());
        if (candidates.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(ChosenBean.among(candidates, beans).orElseThrow(() -> unclear(type, candidates)));
    }

    private static IllegalArgumentException unclear(Class<?> type, Set<Bean<?>> candidates) {
        String alternatives = candidates.stream()
                .filter(Bean::isAlternative)
                .map(bean -> bean.getBeanClass().getName())
                .sorted()
                .collect(Collectors.joining(" and "));
        return StreamClassDefect.refusal(
                type,
                "it is not clear which of these takes its place: " + alternatives + ". Enable only one of them as an"
                        + " alternative, or give one a higher @Priority",
                null);
    }

    /** What is wrong with the classes that are beans. */
    public List<String> problems() {
        return classes.stream()
                .flatMap(found -> found.defects().stream()
                        .map(defect -> "stream class " + found.type().getName() + " " + defect))
                .toList();
    }
}
