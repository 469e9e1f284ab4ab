package io.sluice.it;

import io.sluice.context.SslContext;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.CDI;
import jakarta.inject.Inject;

/** The ways to come by something that is injected with {@code @SslContext}. */
enum LookUpPath {
    FIELD {
        @Override
        Object find(Application application, Injectable injectable, String name) {
            return application.get(Points.Fields.class).of(name).get(injectable.ordinal());
        }
    },
    CONSTRUCTOR {
        @Override
        Object find(Application application, Injectable injectable, String name) {
            return application.get(Points.ConstructorParameters.class).of(name).get(injectable.ordinal());
        }
    },
    INITIALIZER {
        @Override
        Object find(Application application, Injectable injectable, String name) {
            return application.get(Points.InitializerParameters.class).of(name).get(injectable.ordinal());
        }
    },
    PROVIDER {
        @Override
        Object find(Application application, Injectable injectable, String name) {
            return application.get(Points.Providers.class).of(name).get(injectable.ordinal());
        }
    },
    INSTANCE_SELECT {
        @Override
        Object find(Application application, Injectable injectable, String name) {
            return application
                    .get(Everything.class)
                    .instance
                    .select(injectable.type(), SslContext.Literal.of(name))
                    .get();
        }
    },
    ANY_HANDLES {
        @Override
        Object find(Application application, Injectable injectable, String name) {
            for (Instance.Handle<?> handle : application
                    .get(Everything.class)
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
        Object find(Application application, Injectable injectable, String name) {
            return CDI.current()
                    .select(injectable.type(), SslContext.Literal.of(name))
                    .get();
        }
    },
    CONTAINER_SELECT {
        @Override
        Object find(Application application, Injectable injectable, String name) {
            return application
                    .container()
                    .select(injectable.type(), SslContext.Literal.of(name))
                    .get();
        }
    },
    BEAN_MANAGER {
        @Override
        Object find(Application application, Injectable injectable, String name) {
            BeanManager beans = application.container().getBeanManager();
            Bean<?> bean = beans.resolve(beans.getBeans(injectable.type(), SslContext.Literal.of(name)));
            return beans.getReference(bean, injectable.type(), beans.createCreationalContext(bean));
        }
    };

    static final Class<?>[] BEANS = {
        Points.Fields.class,
        Points.ConstructorParameters.class,
        Points.InitializerParameters.class,
        Points.Providers.class,
        Everything.class
    };

    abstract Object find(Application application, Injectable injectable, String name);

    @Dependent
    static class Everything {
        @Inject
        @Any
        Instance<Object> instance;
    }
}
