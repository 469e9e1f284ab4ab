package io.sluice.benchmarks;

import io.sluice.cdi.SluiceExtension;
import io.sluice.context.SslContext;
import io.sluice.stream.SocketStreamCreator;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.se.SeContainerInitializer;
import jakarta.enterprise.inject.spi.Extension;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.spi.ConfigProviderResolver;
import org.eclipse.microprofile.config.spi.ConfigSource;

/** Boots Weld SE with exactly the given beans and properties, so that every run measures the same application. */
final class WeldApplication {

    private static Config registered =
            ConfigProviderResolver.instance().getBuilder().build();

    private WeldApplication() {}

    static SeContainer start(Map<String, String> properties, Class<?>... beans) {
        return start(configuration(properties), new Extension[0], beans);
    }

    static SeContainer start(Config config, Extension[] extensions, Class<?>... beans) {
        ConfigProviderResolver resolver = ConfigProviderResolver.instance();
        resolver.releaseConfig(registered);
        resolver.registerConfig(config, Thread.currentThread().getContextClassLoader());
        registered = config;
        return SeContainerInitializer.newInstance()
                .disableDiscovery()
                .addExtensions(new SluiceExtension())
                .addExtensions(extensions)
                .addBeanClasses(Anchor.class)
                .addBeanClasses(beans)
                .initialize();
    }

    static Config configuration(Map<String, String> properties) {
        return ConfigProviderResolver.instance()
                .getBuilder()
                .withSources(new Properties(new HashMap<>(properties)))
                .build();
    }

    /** Weld wants one bean at least. */
    @ApplicationScoped
    static class Anchor {}

    /** Has the creator of plain streams injected, as an application would. */
    @ApplicationScoped
    static class Plain {

        @Inject
        @SslContext(value = "none", errorp = true)
        private SocketStreamCreator creator;

        SocketStreamCreator creator() {
            return creator;
        }
    }

    private record Properties(Map<String, String> properties) implements ConfigSource {

        @Override
        public Set<String> getPropertyNames() {
            return properties.keySet();
        }

        @Override
        public String getValue(String name) {
            return properties.get(name);
        }

        @Override
        public String getName() {
            return "the benchmark's properties";
        }
    }
}
