package io.sluice.internal.cdi.context;

import io.sluice.internal.cdi.container.Lazy;
import io.sluice.internal.cdi.container.OpenWebBeans;
import jakarta.enterprise.context.spi.CreationalContext;
import jakarta.enterprise.inject.spi.AnnotatedType;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.InjectionPoint;
import jakarta.enterprise.inject.spi.InjectionTarget;
import jakarta.enterprise.inject.spi.InjectionTargetFactory;
import java.util.Set;

/**
 * Makes the instances of one class with the context of their bean on the thread. The container's own target is asked for at
 * the first instance: Weld generates a class for each, which contexts that nobody uses need not cost at boot.
 */
record BoundInjectionTargetFactory<T>(BeanManager beans, AnnotatedType<T> type, BoundContext seat)
        implements InjectionTargetFactory<T> {

    @Override
    public InjectionTarget<T> createInjectionTarget(Bean<T> bean) {
        // Fetched afresh: a factory of OpenWebBeans serves once.
        Seated<T> seated = new Seated<>(
                new Lazy<>(() -> beans.getInjectionTargetFactory(type).createInjectionTarget(bean)), seat);
        if (needsItsProxyAtOnce()) {
            seated.target();
        }
        return seated;
    }

    /**
     * OpenWebBeans reads a serialised proxy back through a proxy class that it takes to be made already, and the JVM itself
     * crashes where it is not (DefaultInterceptorHandler.readResolve, 4.0.3).
     */
    private boolean needsItsProxyAtOnce() {
        return OpenWebBeans.isHere(beans);
    }

    private record Seated<T>(Lazy<InjectionTarget<T>> lazy, BoundContext seat) implements InjectionTarget<T> {

        InjectionTarget<T> target() {
            return lazy.get();
        }

        @Override
        public T produce(CreationalContext<T> context) {
            return seat.around(() -> target().produce(context));
        }

        @Override
        public void inject(T instance, CreationalContext<T> context) {
            seat.around(() -> {
                target().inject(instance, context);
                return instance;
            });
        }

        @Override
        public void postConstruct(T instance) {
            target().postConstruct(instance);
        }

        @Override
        public void preDestroy(T instance) {
            target().preDestroy(instance);
        }

        @Override
        public void dispose(T instance) {
            target().dispose(instance);
        }

        /** None that the container has to satisfy from elsewhere: the classes ask for their own injection point alone. */
        @Override
        public Set<InjectionPoint> getInjectionPoints() {
            return Set.of();
        }
    }
}
