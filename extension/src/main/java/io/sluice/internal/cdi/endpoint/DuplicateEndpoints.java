package io.sluice.internal.cdi.endpoint;

import io.sluice.internal.cdi.container.ChosenBean;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Endpoint methods of one name, which cannot all have it. */
final class DuplicateEndpoints {

    private DuplicateEndpoints() {}

    /** Those of the one bean that the container would choose for an injection point of all of them: an alternative; or else all. */
    static List<EndpointMethod> chosen(List<EndpointMethod> methods, BeanManager beans) {
        Set<Bean<?>> candidates = methods.stream().map(EndpointMethod::bean).collect(Collectors.toUnmodifiableSet());
        return ChosenBean.among(candidates, beans)
                .map(bean ->
                        methods.stream().filter(method -> method.bean() == bean).toList())
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
