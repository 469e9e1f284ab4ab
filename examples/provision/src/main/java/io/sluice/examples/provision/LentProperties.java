package io.sluice.examples.provision;

import java.util.Map;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;
import org.eclipse.microprofile.config.spi.ConfigProviderResolver;
import org.eclipse.microprofile.config.spi.ConfigSource;

/** Properties that an example is lent, and that give way to whatever its user configures. */
public final class LentProperties {

    private LentProperties() {}

    /** Whether anything is configured behind a prefix. */
    public static boolean isConfigured(String prefix) {
        // What comes from the environment has dots for all that is no letter.
        return StreamSupport.stream(
                        ConfigProvider.getConfig().getPropertyNames().spliterator(), false)
                .map(name -> name.replace('-', '.'))
                .anyMatch(name -> name.startsWith(prefix.replace('-', '.')));
    }

    /** Adds the properties to the configuration, before a container starts. */
    public static void lend(Map<String, String> lent) {
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        ConfigProviderResolver resolver = ConfigProviderResolver.instance();
        Config extended = resolver.getBuilder()
                .forClassLoader(loader)
                .addDefaultSources()
                .addDiscoveredSources()
                .addDiscoveredConverters()
                .withSources(new Lent(Map.copyOf(lent)))
                .build();
        resolver.releaseConfig(ConfigProvider.getConfig());
        resolver.registerConfig(extended, loader);
    }

    private record Lent(Map<String, String> properties) implements ConfigSource {

        @Override
        public Set<String> getPropertyNames() {
            return properties.keySet();
        }

        @Override
        @SuppressWarnings("NullAway") // The interface has no other way to say that it knows no such property.
        public String getValue(String name) {
            return properties.get(name);
        }

        @Override
        public String getName() {
            return "what the example is lent";
        }

        @Override
        public int getOrdinal() {
            return 1;
        }

        /** Keys are among them. */
        @Override
        public String toString() {
            return getName();
        }
    }
}
