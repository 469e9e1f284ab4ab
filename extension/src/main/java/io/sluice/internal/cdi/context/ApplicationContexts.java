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

/** The application's own contexts: asked for when they are first used, released when the container stops. */
public final class ApplicationContexts {

    private static final Logger LOG = System.getLogger(ApplicationContexts.class.getName());

    private final BeanManager beans;
    private final Deque<CreationalContext<?>> inUse = new ConcurrentLinkedDeque<>();

    public ApplicationContexts(BeanManager beans) {
        this.beans = beans;
    }

    /** Which bean it is, is asked at its use: discovery shows those too that an alternative replaces. */
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

    /** The beans among which it is not clear which one it is; or the one. */
    private Set<Bean<?>> candidates(Class<?> type, String name) {
        Set<Bean<?>> all = all(type, name);
        try {
            return Set.of(beans.resolve(all));
        } catch (AmbiguousResolutionException e) {
            return all;
        }
    }

    /** The bean; empty if it is not clear which one it is, and if there is none. */
    Optional<Bean<?>> bean(Class<?> type, String name) {
        try {
            return Optional.ofNullable(beans.resolve(all(type, name)));
        } catch (AmbiguousResolutionException e) {
            return Optional.empty();
        }
    }

    /** Those of the application and of other extensions: ours are there too where another extension adds one. */
    private Set<Bean<?>> all(Class<?> type, String name) {
        return beans.getBeans(type, ContextQualifier.of(name)).stream()
                .filter(bean -> !SuppliedBeans.isOwn(bean))
                .collect(Collectors.toUnmodifiableSet());
    }

    private static String described(Bean<?> bean) {
        String declared = bean.getBeanClass().getName();
        return bean.getTypes().contains(bean.getBeanClass()) ? declared : "a producer of " + declared;
    }

    /** Whether it is clear which bean it is; the container asks only where one is injected. */
    public boolean isAmbiguous(Class<?> type, String name) {
        try {
            beans.resolve(all(type, name));
            return false;
        } catch (AmbiguousResolutionException e) {
            return true;
        }
    }

    /** Releases what was asked for, the last first. What one disposer throws keeps no other from its work. */
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
