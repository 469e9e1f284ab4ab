package io.sluice.it.support;

import io.sluice.context.SslContext;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.CDI;
import jakarta.inject.Inject;

/** The ways to obtain what {@code @SslContext} injects. */
public enum LookupPath {
    FIELD(injected(InjectionPoints.Fields.class)),
    CONSTRUCTOR(injected(InjectionPoints.ConstructorParameters.class)),
    INITIALIZER(injected(InjectionPoints.InitializerParameters.class)),
    PROVIDER(injected(InjectionPoints.Providers.class)),
    INSTANCE_SELECT((container, injectable, name) ->
            selected(container.select(Everything.class).get().instance, injectable, name)),
    ANY_HANDLES((container, injectable, name) -> {
        for (Instance.Handle<?> handle : container
                .select(Everything.class)
                .get()
                .instance
                .select(injectable.type())
                .handles()) {
            if (handle.getBean().getQualifiers().contains(SslContext.Literal.of(name))) {
                return handle.get();
            }
        }
        throw new AssertionError("no bean of " + name + " among all");
    }),
    CURRENT((container, injectable, name) -> selected(CDI.current(), injectable, name)),
    CONTAINER_SELECT(LookupPath::selected),
    BEAN_MANAGER((container, injectable, name) -> {
        BeanManager beans = CDI.current().getBeanManager();
        Bean<?> bean = beans.resolve(beans.getBeans(injectable.type(), SslContext.Literal.of(name)));
        return beans.getReference(bean, injectable.type(), beans.createCreationalContext(bean));
    });

    public static final Class<?>[] BEANS = {
        InjectionPoints.Fields.class,
        InjectionPoints.ConstructorParameters.class,
        InjectionPoints.InitializerParameters.class,
        InjectionPoints.Providers.class,
        Everything.class
    };

    private final Lookup lookup;

    LookupPath(Lookup lookup) {
        this.lookup = lookup;
    }

    public Object find(Instance<Object> container, Injectable injectable, String name) {
        return lookup.find(container, injectable, name);
    }

    private static Lookup injected(Class<? extends InjectionPoints> points) {
        return (container, injectable, name) ->
                container.select(points).get().of(name).get(injectable.ordinal());
    }

    private static Object selected(Instance<Object> instance, Injectable injectable, String name) {
        return instance.select(injectable.type(), SslContext.Literal.of(name)).get();
    }

    @FunctionalInterface
    private interface Lookup {
        Object find(Instance<Object> container, Injectable injectable, String name);
    }

    @Dependent
    static class Everything {
        @Inject
        @Any
        Instance<Object> instance;
    }
}
