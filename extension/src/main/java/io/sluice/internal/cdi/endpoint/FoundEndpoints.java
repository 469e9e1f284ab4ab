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
 * @param names the names of all endpoints, also of those with problems
 * @param valid the endpoints without problems
 * @param problems the problems of the others
 */
public record FoundEndpoints(Set<String> names, List<FoundEndpoint> valid, List<String> problems) {

    /**
     * An endpoint without problems.
     *
     * @param method the method that serves it
     * @param arguments the method's further arguments
     */
    record FoundEndpoint(EndpointMethod method, EndpointArguments arguments) {}

    public FoundEndpoints {
        names = Set.copyOf(names);
        valid = List.copyOf(valid);
        problems = List.copyOf(problems);
    }

    public static FoundEndpoints of(List<EndpointMethod> methods, Archives archives, BeanManager beans) {
        Map<String, List<EndpointMethod>> byName = methods.stream()
                .collect(Collectors.groupingBy(EndpointMethod::name, TreeMap::new, Collectors.toList()));
        List<FoundEndpoint> valid = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        byName.forEach((name, all) -> {
            List<EndpointMethod> chosen =
                    chosen(all, archives.managerFor(all.get(0).beanClass(), beans));
            List<String> defects = defects(name, chosen);
            problems.addAll(defects);
            if (defects.isEmpty()) {
                EndpointMethod method = chosen.get(0);
                valid.add(new FoundEndpoint(
                        method, new EndpointArguments(archives.managerFor(method.beanClass(), beans), method)));
            }
        });
        return new FoundEndpoints(byName.keySet(), valid, problems);
    }

    /** The methods of the bean that the container would choose for an injection point of all beans, or else all methods. */
    private static List<EndpointMethod> chosen(List<EndpointMethod> methods, BeanManager beans) {
        Set<Bean<?>> candidates = methods.stream().map(EndpointMethod::bean).collect(Collectors.toUnmodifiableSet());
        return ChosenBean.among(candidates, beans)
                .map(bean ->
                        methods.stream().filter(method -> method.bean() == bean).toList())
                .orElse(methods);
    }

    private static List<String> defects(String name, List<EndpointMethod> methods) {
        Stream<String> own = methods.stream()
                .flatMap(method -> EndpointDefect.of(method).stream())
                .distinct();
        return Stream.concat(own, methods.size() > 1 ? Stream.of(duplicate(name, methods)) : Stream.empty())
                .toList();
    }

    private static String duplicate(String name, List<EndpointMethod> methods) {
        String problem = "endpoint '" + name + "' has more than one method: ";
        if (methods.stream().map(EndpointMethod::javaMethod).distinct().count() == 1) {
            return problem + methods.get(0).place() + " is inherited by "
                    + methods.stream()
                            .map(method -> method.beanClass().getName())
                            .sorted()
                            .collect(Collectors.joining(" and "))
                    + ". Keep it in one bean only: override it without the annotation in the others";
        }
        return problem
                + methods.stream().map(EndpointMethod::place).sorted().collect(Collectors.joining(" and "))
                + ". Give each method its own name";
    }

    /** The injection points of the methods' parameters. */
    public Stream<InjectionPoint> points() {
        return valid.stream().flatMap(endpoint -> endpoint.arguments().points().stream());
    }
}
