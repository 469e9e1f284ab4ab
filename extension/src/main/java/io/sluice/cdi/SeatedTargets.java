package io.sluice.cdi;

import jakarta.enterprise.context.spi.CreationalContext;
import jakarta.enterprise.inject.spi.AnnotatedType;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.InjectionPoint;
import jakarta.enterprise.inject.spi.InjectionTarget;
import jakarta.enterprise.inject.spi.InjectionTargetFactory;
import java.util.Set;

/** Makes the instances of one class with the context of their bean on the thread. */
record SeatedTargets<T>(BeanManager beans, AnnotatedType<T> type, ContextSeat seat)
        implements InjectionTargetFactory<T> {

    @Override
    public InjectionTarget<T> createInjectionTarget(Bean<T> bean) {
        // Fetched afresh: a factory of OpenWebBeans serves once.
        return new Seated<>(beans.getInjectionTargetFactory(type).createInjectionTarget(bean), seat);
    }

    private record Seated<T>(InjectionTarget<T> target, ContextSeat seat) implements InjectionTarget<T> {

        @Override
        public T produce(CreationalContext<T> context) {
            return seat.around(() -> target.produce(context));
        }

        @Override
        public void inject(T instance, CreationalContext<T> context) {
            seat.around(() -> {
                target.inject(instance, context);
                return instance;
            });
        }

        @Override
        public void postConstruct(T instance) {
            target.postConstruct(instance);
        }

        @Override
        public void preDestroy(T instance) {
            target.preDestroy(instance);
        }

        @Override
        public void dispose(T instance) {
            target.dispose(instance);
        }

        @Override
        public Set<InjectionPoint> getInjectionPoints() {
            return target.getInjectionPoints();
        }
    }
}
