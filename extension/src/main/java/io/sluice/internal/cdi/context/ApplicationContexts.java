package io.sluice.internal.cdi.context;

import io.sluice.internal.cdi.container.SuppliedBeans;
import io.sluice.internal.settings.ContextName;
import jakarta.enterprise.context.spi.CreationalContext;
import jakarta.enterprise.inject.AmbiguousResolutionException;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The application's own contexts. They are obtained at their first use, and released when the container stops. */
public final class ApplicationContexts {

    private static final Logger LOG = System.getLogger(ApplicationContexts.class.getName());

    private final BeanManager beans;
    private final Deque<CreationalContext<?>> inUse = new ConcurrentLinkedDeque<>();

    public ApplicationContexts(BeanManager beans) {
        this.beans = beans;
    }

    /** The bean is resolved only at its use, because discovery also shows beans that an alternative replaces. */
    <T> Supplier<T> reference(Class<T> type, String name) {
        return () -> {
            Bean<?> bean = beans.resolve(all(type, name));
            CreationalContext<?> context = beans.createCreationalContext(bean);
            try {
                T given = type.cast(beans.getReference(bean, type, context));
                inUse.push(context);
                return given;
            } catch (Throwable t) {
                context.release();
                throw t;
            }
        };
    }

    /** The bean in messages; all candidates if it is ambiguous. */
    String description(Class<?> type, String name) {
        return bean(type, name)
                .map(Stream::<Bean<?>>of)
                .orElseGet(() -> all(type, name).stream())
                .map(ApplicationContexts::described)
                .sorted()
                .collect(Collectors.joining(" and "));
    }

    /** The bean; empty if there is none, or if it is ambiguous. */
    Optional<Bean<?>> bean(Class<?> type, String name) {
        try {
            return Optional.ofNullable(beans.resolve(all(type, name)));
        } catch (AmbiguousResolutionException e) {
            return Optional.empty();
        }
    }

    /** The beans of the application and of other extensions. Sluice's own are there too if another extension adds one. */
    private Set<Bean<?>> all(Class<?> type, String name) {
        return beans.getBeans(type, ContextQualifier.of(name)).stream()
                .filter(bean -> !SuppliedBeans.isOwn(bean))
                .collect(Collectors.toUnmodifiableSet());
    }

    private static String described(Bean<?> bean) {
        String declared = bean.getBeanClass().getName();
        return bean.getTypes().contains(bean.getBeanClass()) ? declared : "a producer of " + declared;
    }

    /** The problems of beans that are ambiguous. The container reports them only if one is injected. */
    public Stream<String> ambiguities(SuppliedBeans supplied, List<Class<?>> types) {
        return supplied.contexts().stream()
                .sorted()
                .flatMap(name -> types.stream()
                        .filter(type -> supplied.hasContext(name, type) && isAmbiguous(type, name))
                        .map(type -> "the application supplies more than one " + ContextName.qualifier(name) + " "
                                + type.getSimpleName() + ": " + description(type, name)
                                + ". Keep one of them, or make one an enabled alternative"));
    }

    private boolean isAmbiguous(Class<?> type, String name) {
        return !all(type, name).isEmpty() && bean(type, name).isEmpty();
    }

    /** Releases the contexts, the last one first. If a disposer fails, the others are still called. */
    public void release() {
        for (CreationalContext<?> context = inUse.poll(); context != null; context = inUse.poll()) {
            try {
                context.release();
            } catch (RuntimeException | Error e) {
                LOG.log(
                        Level.WARNING,
                        "a bean of the application that supplies a context or a callback could not be released",
                        e);
            }
        }
    }
}
