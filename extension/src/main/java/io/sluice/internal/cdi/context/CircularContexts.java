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
 * Finds the contexts of the application that are made of themselves: their bean or producer takes what Sluice would make of them. What is
 * looked up while the application runs, only the first use can show.
 */
public record CircularContexts(SuppliedBeans supplied, ApplicationContexts application) {

    public List<String> problems() {
        List<String> problems = new ArrayList<>();
        Set<String> told = new HashSet<>();
        for (String name : supplied.contexts().stream().sorted().toList()) {
            List<String> way = new ArrayList<>();
            if (!told.contains(name)
                    && source(name)
                            .filter(bean -> leadsTo(name, bean, new HashSet<>(), way))
                            .isPresent()) {
                told.addAll(way);
                problems.add(problem(name, way));
            }
        }
        return problems;
    }

    private static String problem(String name, List<String> way) {
        return ContextName.quoted(name) + " is built on itself: the bean or producer of " + ContextName.qualifier(name)
                + " takes "
                + way.stream()
                        .map(taken -> "Sluice's " + ContextName.quoted(taken))
                        .collect(Collectors.joining(", whose bean or producer takes "))
                + ". Make that context from something else";
    }

    /** What the context is made of. A specifier wins over an SSLContext, because it says more. */
    private Optional<Bean<?>> source(String name) {
        return supplied(SslContextSpecifier.class, name).or(() -> supplied(SSLContext.class, name));
    }

    private Optional<Bean<?>> supplied(Class<?> type, String name) {
        return supplied.hasContext(name, type) ? application.bean(type, name) : Optional.empty();
    }

    /** The way has the names of those contexts that Sluice makes of beans of the application, up to the name that was looked for. */
    private boolean leadsTo(String name, Bean<?> bean, Set<Bean<?>> seen, List<String> way) {
        if (!seen.add(bean)) {
            return false;
        }
        for (InjectionPoint point : bean.getInjectionPoints()) {
            if (point.getType() instanceof Class<?> type && ContextPoints.isOurs(type)) {
                for (String taken : names(point)) {
                    Optional<Bean<?>> own = supplied(type, taken);
                    int before = way.size();
                    if (own.isEmpty()) {
                        way.add(taken);
                    }
                    boolean found = own.isEmpty() && taken.equals(name)
                            || own.or(() -> source(taken))
                                    .filter(next -> leadsTo(name, next, seen, way))
                                    .isPresent();
                    if (found) {
                        return true;
                    }
                    way.subList(before, way.size()).clear();
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
