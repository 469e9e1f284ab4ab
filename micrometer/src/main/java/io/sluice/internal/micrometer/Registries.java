package io.sluice.internal.micrometer;

import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import jakarta.enterprise.inject.AmbiguousResolutionException;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The registry of an application: its bean, or else Micrometer's global one. If there are several beans and CDI does not choose one of them,
 * all are used, except those that another one contains.
 */
final class Registries {

    private Registries() {}

    static MeterRegistry of(BeanManager beans) {
        Set<Bean<?>> found = beans.getBeans(MeterRegistry.class);
        if (found.isEmpty()) {
            found = beans.getBeans(MeterRegistry.class, Any.Literal.INSTANCE);
        }
        Bean<?> chosen = chosen(beans, found);
        List<MeterRegistry> registries = (chosen == null ? found : Set.of(chosen))
                .stream().map(bean -> registry(beans, bean)).distinct().toList();
        return switch (registries.size()) {
            case 0 -> Metrics.globalRegistry;
            case 1 -> registries.get(0);
            default -> all(registries);
        };
    }

    private static @Nullable Bean<?> chosen(BeanManager beans, Set<Bean<?>> found) {
        try {
            return beans.resolve(found);
        } catch (AmbiguousResolutionException e) {
            return null;
        }
    }

    private static MeterRegistry registry(BeanManager beans, Bean<?> bean) {
        return (MeterRegistry) beans.getReference(bean, MeterRegistry.class, beans.createCreationalContext(bean));
    }

    private static MeterRegistry all(List<MeterRegistry> registries) {
        return new CompositeMeterRegistry(
                Clock.SYSTEM,
                registries.stream()
                        .filter(registry -> registries.stream().noneMatch(other -> contains(other, registry)))
                        .toList());
    }

    private static boolean contains(MeterRegistry composite, MeterRegistry registry) {
        return composite instanceof CompositeMeterRegistry known
                && known.getRegistries().contains(registry);
    }
}
