package io.sluice.internal.cdi.context;

import io.sluice.context.NamedSslContext;
import io.sluice.internal.cdi.container.UnnamedBean;
import io.sluice.internal.settings.ContextName;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.context.spi.CreationalContext;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.InjectionPoint;
import jakarta.enterprise.inject.spi.PassivationCapable;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.util.Set;
import java.util.function.Function;

/**
 * A bean of what a named context gives as it is. There are four a name, made without the configurator of the event: that costs a
 * boot more than the beans do.
 */
final class ContextViewBean<T> implements Bean<T>, UnnamedBean<T>, PassivationCapable {

    private final Class<T> type;
    private final Set<Type> types;
    private final Set<Annotation> qualifiers;
    private final BoundContext bound;
    private final Function<NamedSslContext, T> view;

    ContextViewBean(BoundContext bound, Class<T> type, Function<NamedSslContext, T> view) {
        this.type = type;
        this.types = Set.of(type, Object.class);
        this.qualifiers = Set.of(ContextQualifier.of(bound.name()), Any.Literal.INSTANCE);
        this.bound = bound;
        this.view = view;
    }

    @Override
    public T create(CreationalContext<T> context) {
        return view.apply(bound.context());
    }

    @Override
    public void destroy(T instance, CreationalContext<T> context) {
        context.release();
    }

    @Override
    public Class<?> getBeanClass() {
        return ContextBeans.class;
    }

    /** So that session-scoped holders deploy; what the context gives is not serialisable all the same, but for them to leave out. */
    @Override
    public String getId() {
        return toString();
    }

    @Override
    public Set<InjectionPoint> getInjectionPoints() {
        return Set.of();
    }

    @Override
    public Set<Type> getTypes() {
        return types;
    }

    @Override
    public Set<Annotation> getQualifiers() {
        return qualifiers;
    }

    @Override
    public Class<? extends Annotation> getScope() {
        return Dependent.class;
    }

    @Override
    public String toString() {
        return type.getName() + " of " + ContextName.quoted(bound.name());
    }
}
