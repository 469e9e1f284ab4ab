package io.sluice.internal.cdi.context;

import io.sluice.internal.cdi.container.SuppliedBeans;
import jakarta.enterprise.context.spi.CreationalContext;
import jakarta.enterprise.inject.AmbiguousResolutionException;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Deque;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.function.Supplier;
import java.util.stream.Collectors;

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

    /** The bean in the words of a message. */
    String description(Class<?> type, String name) {
        return candidates(type, name).stream()
                .map(ApplicationContexts::described)
                .collect(Collectors.joining(" and "));
    }

    /** The bean; all candidates if it is ambiguous. */
    private Set<Bean<?>> candidates(Class<?> type, String name) {
        Set<Bean<?>> all = all(type, name);
        try {
            return Set.of(beans.resolve(all));
        } catch (AmbiguousResolutionException e) {
            return all;
        }
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

    /** Tests whether a bean is ambiguous. The container does so only if one is injected. */
    public boolean isAmbiguous(Class<?> type, String name) {
        try {
            beans.resolve(all(type, name));
            return false;
        } catch (AmbiguousResolutionException e) {
            return true;
        }
    }

    /** Releases the contexts, the last one first. If a disposer fails, the others are still called. */
    public void release() {
        for (CreationalContext<?> context = inUse.poll(); context != null; context = inUse.poll()) {
            try {
                context.release();
            } catch (RuntimeException e) {
                LOG.log(Level.WARNING, "a context of the application could not be released", e);
            }
        }
    }
}
