package io.sluice.internal.cdi.endpoint;

import io.sluice.internal.cdi.container.Archives;
import io.sluice.internal.cdi.container.ChosenBean;
import jakarta.enterprise.inject.spi.Bean;
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

    /** Endpoint methods of one name, which cannot all have it. */
    private static final class DuplicateEndpoints {

        private DuplicateEndpoints() {}

        /** Those of the one bean that the container would choose for an injection point of all of them: an alternative; or else all. */
        static List<EndpointMethod> chosen(List<EndpointMethod> methods, BeanManager beans) {
            Set<Bean<?>> candidates =
                    methods.stream().map(EndpointMethod::bean).collect(Collectors.toUnmodifiableSet());
            return ChosenBean.among(candidates, beans)
                    .map(bean -> methods.stream()
                            .filter(method -> method.bean() == bean)
                            .toList())
                    .orElse(methods);
        }

        static String problem(String name, List<EndpointMethod> methods) {
            String problem = "endpoint \"" + name + "\" has more than one method: ";
            if (methods.stream().map(EndpointMethod::javaMethod).distinct().count() == 1) {
                return problem + methods.get(0).place() + " is inherited by "
                        + methods.stream()
                                .map(method -> method.bean().getBeanClass().getName())
                                .sorted()
                                .collect(Collectors.joining(" and "))
                        + ". Let only one bean have it: override it without the annotation in the others";
            }
            return problem
                    + methods.stream().map(EndpointMethod::place).sorted().collect(Collectors.joining(" and "))
                    + ". Give each a name of its own";
        }
    }
}
