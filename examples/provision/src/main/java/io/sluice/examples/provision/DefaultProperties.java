package io.sluice.examples.provision;

import java.util.Map;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;
import org.eclipse.microprofile.config.spi.ConfigProviderResolver;
import org.eclipse.microprofile.config.spi.ConfigSource;

/** Default values for properties that the user of an example has not configured. */
public final class DefaultProperties {

    private DefaultProperties() {}

    /** {@return true if the configuration has a property with a prefix} */
    public static boolean isConfigured(String prefix) {
        // Names from the environment have dots instead of hyphens.
        return StreamSupport.stream(
                        ConfigProvider.getConfig().getPropertyNames().spliterator(), false)
                .map(name -> name.replace('-', '.'))
                .anyMatch(name -> name.startsWith(prefix.replace('-', '.')));
    }

    /** Adds default values to the configuration. This must happen before a container starts. */
    public static void add(Map<String, String> defaults) {
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        ConfigProviderResolver resolver = ConfigProviderResolver.instance();
        Config extended = resolver.getBuilder()
                .forClassLoader(loader)
                .addDefaultSources()
                .addDiscoveredSources()
                .addDiscoveredConverters()
                .withSources(new Defaults(Map.copyOf(defaults)))
                .build();
        resolver.releaseConfig(ConfigProvider.getConfig());
        resolver.registerConfig(extended, loader);
    }

    private record Defaults(Map<String, String> properties) implements ConfigSource {

        @Override
        public Set<String> getPropertyNames() {
            return properties.keySet();
        }

        @Override
        @SuppressWarnings("NullAway") // The interface requires null for a property that is not present.
        public String getValue(String name) {
            return properties.get(name);
        }

        @Override
        public String getName() {
            return "the defaults of the example";
        }

        @Override
        public int getOrdinal() {
            return 1;
        }

        /** The values include private keys. */
        @Override
        public String toString() {
            return getName();
        }
    }
}
