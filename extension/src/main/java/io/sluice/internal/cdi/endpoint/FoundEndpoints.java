package io.sluice.internal.cdi.endpoint;

import io.sluice.internal.cdi.container.Archives;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.InjectionPoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The endpoints of the enabled beans. Immutable.
 *
 * @param names the names of all, also of those that cannot be served
 * @param served those that can be
 * @param problems why the others cannot be
 */
public record FoundEndpoints(Set<String> names, List<FoundEndpoint> served, List<String> problems) {

    public FoundEndpoints {
        names = Set.copyOf(names);
        served = List.copyOf(served);
        problems = List.copyOf(problems);
    }

    public static FoundEndpoints of(List<EndpointMethod> methods, Archives archives, BeanManager beans) {
        Map<String, List<EndpointMethod>> byName = methods.stream()
                .collect(Collectors.groupingBy(EndpointMethod::name, TreeMap::new, Collectors.toList()));
        List<FoundEndpoint> served = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        byName.forEach((name, all) -> {
            List<EndpointMethod> chosen = DuplicateEndpoints.chosen(all, archives.of(beanClass(all.get(0)), beans));
            List<String> defects = defects(name, chosen);
            problems.addAll(defects);
            if (defects.isEmpty()) {
                EndpointMethod method = chosen.get(0);
                served.add(new FoundEndpoint(
                        method, new EndpointArguments(archives.of(beanClass(method), beans), method)));
            }
        });
        return new FoundEndpoints(byName.keySet(), served, problems);
    }

    private static Class<?> beanClass(EndpointMethod method) {
        return method.bean().getBeanClass();
    }

    private static List<String> defects(String name, List<EndpointMethod> methods) {
        Stream<String> own = methods.stream()
                .flatMap(method -> EndpointDefect.of(method).stream())
                .distinct();
        return Stream.concat(
                        own, methods.size() > 1 ? Stream.of(DuplicateEndpoints.problem(name, methods)) : Stream.empty())
                .toList();
    }

    /** What the methods have injected. */
    public Stream<InjectionPoint> points() {
        return served.stream().flatMap(endpoint -> endpoint.arguments().points().stream());
    }
}
