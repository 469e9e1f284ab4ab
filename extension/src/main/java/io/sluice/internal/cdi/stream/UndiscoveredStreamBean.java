package io.sluice.internal.cdi.stream;

import io.sluice.internal.cdi.container.UnnamedBean;
import io.sluice.stream.SocketStream;
import jakarta.enterprise.context.spi.CreationalContext;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.InjectionPoint;
import jakarta.enterprise.inject.spi.InjectionTarget;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.util.Set;

/** The bean of a stream class that was not discovered: the container creates instances, but nothing can inject them. */
final class UndiscoveredStreamBean<S extends SocketStream> implements Bean<S>, UnnamedBean<S> {

    private final Class<S> type;
    private final InjectionTarget<S> target;

    UndiscoveredStreamBean(Class<S> type, BeanManager beans) {
        this.type = type;
        this.target =
                beans.getInjectionTargetFactory(beans.createAnnotatedType(type)).createInjectionTarget(this);
    }

    @Override
    public S create(CreationalContext<S> context) {
        S stream = target.produce(context);
        target.inject(stream, context);
        target.postConstruct(stream);
        return stream;
    }

    @Override
    public void destroy(S stream, CreationalContext<S> context) {
        try {
            target.preDestroy(stream);
            target.dispose(stream);
        } finally {
            context.release();
        }
    }

    @Override
    public Class<?> getBeanClass() {
        return type;
    }

    @Override
    public Set<InjectionPoint> getInjectionPoints() {
        return target.getInjectionPoints();
    }

    @Override
    public Set<Type> getTypes() {
        return Set.of(type);
    }

    @Override
    public Set<Annotation> getQualifiers() {
        return Set.of(StreamAttributes.StreamClassLiteral.INSTANCE);
    }
}
