package io.sluice.it.support;

import io.smallrye.config.PropertiesConfigSource;
import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.se.SeContainerInitializer;
import jakarta.enterprise.inject.spi.Extension;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.spi.ConfigProviderResolver;
import org.eclipse.microprofile.config.spi.ConfigSource;

/**
 * A CDI application in this JVM, with its own container, configuration and class loader. The class loader is the context class
 * loader of the thread while the application runs. Several applications may run side by side on different threads.
 */
public final class Application implements AutoCloseable {

    private final ClassLoader before = Thread.currentThread().getContextClassLoader();
    private final Config config;
    private final SeContainer container;

    private Application(Builder builder, boolean discovery) {
        ClassLoader loader = new URLClassLoader(new URL[0], before);
        Thread.currentThread().setContextClassLoader(loader);
        builder.useEngine();
        ConfigProviderResolver resolver = ConfigProviderResolver.instance();
        config = resolver.getBuilder()
                .forClassLoader(loader)
                .withSources(new PropertiesConfigSource(builder.properties, "the test's properties", 100))
                .withSources(builder.sources.toArray(ConfigSource[]::new))
                .build();
        resolver.registerConfig(config, loader);
        try {
            SeContainerInitializer initializer =
                    SeContainerInitializer.newInstance().setClassLoader(loader);
            if (!discovery) {
                SeContainers.withoutDiscovery(initializer);
            }
            initializer.addExtensions(builder.extensions.toArray(Extension[]::new));
            container = initializer
                    .addBeanClasses(builder.beans.toArray(Class<?>[]::new))
                    .initialize();
        } catch (Throwable t) {
            leave();
            throw t;
        }
    }

    public static Builder configured(String... keysAndValues) {
        return new Builder().with(keysAndValues);
    }

    public SeContainer container() {
        return container;
    }

    public <T> T get(Class<T> bean) {
        return container.select(bean).get();
    }

    /** Stops the container. */
    @Override
    public void close() {
        try {
            if (container.isRunning()) {
                container.close();
            }
        } finally {
            leave();
        }
    }

    private void leave() {
        ConfigProviderResolver.instance().releaseConfig(config);
        Thread.currentThread().setContextClassLoader(before);
    }

    /** Builds an application. */
    public static final class Builder {

        private final Map<String, String> properties = new LinkedHashMap<>();
        private final List<Class<?>> beans = new ArrayList<>(List.of(Greeting.class));
        private final List<Extension> extensions = new ArrayList<>();
        private final List<ConfigSource> sources = new ArrayList<>();

        public Builder sources(ConfigSource... more) {
            sources.addAll(List.of(more));
            return this;
        }

        public Builder extensions(Extension... more) {
            extensions.addAll(List.of(more));
            return this;
        }

        public Builder with(String... keysAndValues) {
            for (int i = 0; i < keysAndValues.length; i += 2) {
                properties.put(keysAndValues[i], keysAndValues[i + 1]);
            }
            return this;
        }

        public Builder with(Map<String, String> more) {
            properties.putAll(more);
            return this;
        }

        public Builder beans(Class<?>... classes) {
            beans.addAll(List.of(classes));
            return this;
        }

        private void useEngine() {
            if (beans.contains(Contexts.class)) {
                if (TestEngine.isJsse()) {
                    beans.add(ContextProducers.class);
                } else {
                    Stream.of(Protocol.TLS12, Protocol.TLS13)
                            .map(Protocol::properties)
                            .forEach(this::with);
                }
            }
            TestEngine.configure(properties);
        }

        /** Starts with the given bean classes only. */
        public Application start() {
            return new Application(this, false);
        }

        /** Starts with the given bean classes and those that discovery finds on the class path. */
        public Application startDiscovering() {
            return new Application(this, true);
        }
    }
}
