package io.sluice.cdi;

import io.sluice.context.SslContext;
import jakarta.enterprise.context.spi.CreationalContext;
import jakarta.enterprise.inject.AmbiguousResolutionException;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.function.Supplier;

/** The application's own contexts: asked for when they are first used, released when the container stops. */
final class ApplicationBeans {

    private final BeanManager beans;
    private final Deque<CreationalContext<?>> inUse = new ConcurrentLinkedDeque<>();

    ApplicationBeans(BeanManager beans) {
        this.beans = beans;
    }

    /** Which bean it is, is asked at its use: discovery shows those too that an alternative replaces. */
    <T> Supplier<T> reference(Class<T> type, String name) {
        return () -> {
            Bean<?> bean = beans.resolve(beans.getBeans(type, SslContext.Literal.of(name)));
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

    /** Whether it is clear which bean it is; the container asks only where one is injected. */
    boolean isAmbiguous(Class<?> type, String name) {
        try {
            beans.resolve(beans.getBeans(type, SslContext.Literal.of(name)));
            return false;
        } catch (AmbiguousResolutionException e) {
            return true;
        }
    }

    /** Releases what was asked for, the last first. */
    void release() {
        Deque<CreationalContext<?>> left = new ArrayDeque<>(inUse);
        inUse.clear();
        left.forEach(CreationalContext::release);
    }
}
