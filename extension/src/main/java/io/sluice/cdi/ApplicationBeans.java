package io.sluice.cdi;

import jakarta.enterprise.context.spi.CreationalContext;
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

    <T> Supplier<T> reference(Bean<?> bean, Class<T> type) {
        return () -> {
            CreationalContext<?> context = beans.createCreationalContext(bean);
            inUse.push(context);
            return type.cast(beans.getReference(bean, type, context));
        };
    }

    /** Releases what was asked for, the last first. */
    void release() {
        Deque<CreationalContext<?>> left = new ArrayDeque<>(inUse);
        inUse.clear();
        left.forEach(CreationalContext::release);
    }
}
