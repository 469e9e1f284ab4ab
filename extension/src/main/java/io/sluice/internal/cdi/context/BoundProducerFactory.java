package io.sluice.internal.cdi.context;

import io.sluice.internal.cdi.container.Lazy;
import jakarta.enterprise.context.spi.CreationalContext;
import jakarta.enterprise.inject.spi.AnnotatedMethod;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.InjectionPoint;
import jakarta.enterprise.inject.spi.Producer;
import jakarta.enterprise.inject.spi.ProducerFactory;
import java.util.Set;

/**
 * Calls a static producer method with the context of its bean on the thread. The container's own producer is obtained for the first
 * call, so unused contexts cost nothing at boot.
 */
record BoundProducerFactory<X>(BeanManager beans, AnnotatedMethod<? super X> method, BoundContext bound)
        implements ProducerFactory<X> {

    @Override
    public <T> Producer<T> createProducer(Bean<T> bean) {
        return new Bound<>(
                new Lazy<>(() -> beans.<X>getProducerFactory(method, null).createProducer(bean)), bound);
    }

    private record Bound<T>(Lazy<Producer<T>> lazy, BoundContext bound) implements Producer<T> {

        @Override
        public T produce(CreationalContext<T> context) {
            return bound.bind(() -> lazy.get().produce(context));
        }

        @Override
        public void dispose(T instance) {
            lazy.get().dispose(instance);
        }

        /** The method has no parameters. */
        @Override
        public Set<InjectionPoint> getInjectionPoints() {
            return Set.of();
        }
    }
}
