package io.sluice.internal.cdi.context;

import io.sluice.context.SslContext;
import io.sluice.context.SslContextSpecifier;
import io.sluice.internal.cdi.container.SuppliedBeans;
import io.sluice.internal.settings.ContextName;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.InjectionPoint;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;

/**
 * Finds the contexts of the application that are built on themselves: their bean or producer injects what Sluice makes from them.
 * Lookups at run time are not found here, but at the first use.
 */
public record CircularContexts(SuppliedBeans supplied, ApplicationContexts application) {

    public List<String> problems() {
        List<String> problems = new ArrayList<>();
        Set<String> reported = new HashSet<>();
        for (String name : supplied.contexts().stream().sorted().toList()) {
            List<String> path = new ArrayList<>();
            if (!reported.contains(name)
                    && source(name)
                            .filter(bean -> leadsTo(name, bean, new HashSet<>(), path))
                            .isPresent()) {
                reported.addAll(path);
                problems.add(problem(name, path));
            }
        }
        return problems;
    }

    private static String problem(String name, List<String> path) {
        return ContextName.quoted(name) + " is built on itself: the bean or producer of " + ContextName.qualifier(name)
                + " takes "
                + path.stream()
                        .map(taken -> "Sluice's " + ContextName.quoted(taken))
                        .collect(Collectors.joining(", whose bean or producer takes "))
                + ". Make that context from something else";
    }

    /** The bean that the context is made from. A specifier holds more than an SSLContext, so it takes precedence. */
    private Optional<Bean<?>> source(String name) {
        return supplied(SslContextSpecifier.class, name).or(() -> supplied(SSLContext.class, name));
    }

    private Optional<Bean<?>> supplied(Class<?> type, String name) {
        return supplied.hasContext(name, type) ? application.bean(type, name) : Optional.empty();
    }

    /** The path lists the contexts that Sluice makes from beans of the application, up to the given name. */
    private boolean leadsTo(String name, Bean<?> bean, Set<Bean<?>> seen, List<String> path) {
        if (!seen.add(bean)) {
            return false;
        }
        for (InjectionPoint point : bean.getInjectionPoints()) {
            if (point.getType() instanceof Class<?> type && ContextPoints.isOurs(type)) {
                for (String taken : names(point)) {
                    Optional<Bean<?>> own = supplied(type, taken);
                    int before = path.size();
                    if (own.isEmpty()) {
                        path.add(taken);
                    }
                    boolean found = own.isEmpty() && taken.equals(name)
                            || own.or(() -> source(taken))
                                    .filter(next -> leadsTo(name, next, seen, path))
                                    .isPresent();
                    if (found) {
                        return true;
                    }
                    path.subList(before, path.size()).clear();
                }
            }
        }
        return false;
    }

    private static List<String> names(InjectionPoint point) {
        return point.getQualifiers().stream()
                .filter(SslContext.class::isInstance)
                .map(qualifier -> ((SslContext) qualifier).value())
                .toList();
    }
}
