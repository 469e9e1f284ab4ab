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
    FIELD {
        @Override
        public Object find(Instance<Object> container, Injectable injectable, String name) {
            return container.select(InjectionPoints.Fields.class).get().of(name).get(injectable.ordinal());
        }
    },
    CONSTRUCTOR {
        @Override
        public Object find(Instance<Object> container, Injectable injectable, String name) {
            return container
                    .select(InjectionPoints.ConstructorParameters.class)
                    .get()
                    .of(name)
                    .get(injectable.ordinal());
        }
    },
    INITIALIZER {
        @Override
        public Object find(Instance<Object> container, Injectable injectable, String name) {
            return container
                    .select(InjectionPoints.InitializerParameters.class)
                    .get()
                    .of(name)
                    .get(injectable.ordinal());
        }
    },
    PROVIDER {
        @Override
        public Object find(Instance<Object> container, Injectable injectable, String name) {
            return container
                    .select(InjectionPoints.Providers.class)
                    .get()
                    .of(name)
                    .get(injectable.ordinal());
        }
    },
    INSTANCE_SELECT {
        @Override
        public Object find(Instance<Object> container, Injectable injectable, String name) {
            return container
                    .select(Everything.class)
                    .get()
                    .instance
                    .select(injectable.type(), SslContext.Literal.of(name))
                    .get();
        }
    },
    ANY_HANDLES {
        @Override
        public Object find(Instance<Object> container, Injectable injectable, String name) {
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
        }
    },
    CURRENT {
        @Override
        public Object find(Instance<Object> container, Injectable injectable, String name) {
            return CDI.current()
                    .select(injectable.type(), SslContext.Literal.of(name))
                    .get();
        }
    },
    CONTAINER_SELECT {
        @Override
        public Object find(Instance<Object> container, Injectable injectable, String name) {
            return container
                    .select(injectable.type(), SslContext.Literal.of(name))
                    .get();
        }
    },
    BEAN_MANAGER {
        @Override
        public Object find(Instance<Object> container, Injectable injectable, String name) {
            BeanManager beans = CDI.current().getBeanManager();
            Bean<?> bean = beans.resolve(beans.getBeans(injectable.type(), SslContext.Literal.of(name)));
            return beans.getReference(bean, injectable.type(), beans.createCreationalContext(bean));
        }
    };

    public static final Class<?>[] BEANS = {
        InjectionPoints.Fields.class,
        InjectionPoints.ConstructorParameters.class,
        InjectionPoints.InitializerParameters.class,
        InjectionPoints.Providers.class,
        Everything.class
    };

    public abstract Object find(Instance<Object> container, Injectable injectable, String name);

    @Dependent
    static class Everything {
        @Inject
        @Any
        Instance<Object> instance;
    }
}
