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
 * Makes the instances of one class with the context of their bean on the thread. The container's own target is obtained for the first
 * instance. Weld generates a class for each, so unused contexts cost nothing at boot.
 */
record BoundInjectionTargetFactory<T>(BeanManager beans, AnnotatedType<T> type, BoundContext bound)
        implements InjectionTargetFactory<T> {

    @Override
    public InjectionTarget<T> createInjectionTarget(Bean<T> bean) {
        // A new factory each time, because one of OpenWebBeans can be used only once.
        Bound<T> target = new Bound<>(
                new Lazy<>(() -> beans.getInjectionTargetFactory(type).createInjectionTarget(bean)), bound);
        if (needsItsProxyAtOnce()) {
            target.target();
        }
        return target;
    }

    /**
     * OpenWebBeans deserialises a proxy through its proxy class, and assumes that this was made before. If it was not, the JVM crashes
     * (DefaultInterceptorHandler.readResolve, 4.0.3).
     */
    private boolean needsItsProxyAtOnce() {
        return OpenWebBeans.isHere(beans);
    }

    private record Bound<T>(Lazy<InjectionTarget<T>> lazy, BoundContext bound) implements InjectionTarget<T> {

        InjectionTarget<T> target() {
            return lazy.get();
        }

        @Override
        public T produce(CreationalContext<T> context) {
            return bound.bind(() -> target().produce(context));
        }

        @Override
        public void inject(T instance, CreationalContext<T> context) {
            bound.bind(() -> {
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

        /** None, because the classes inject only their own injection point. */
        @Override
        public Set<InjectionPoint> getInjectionPoints() {
            return Set.of();
        }
    }
}
