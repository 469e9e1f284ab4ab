package io.sluice.internal.config;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.spi.ConfigSource;

/** A real Config with the properties of a test. */
public final class TestConfig {
    /** The name of the properties' source. */
    public static final String SOURCE = "PropertiesConfigSource[source=application.properties]";

    private TestConfig() {}

    /** Creates a Config from names and values in turn. */
    public static Config of(String... namesAndValues) {
        Map<String, String> properties = new HashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            properties.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return of(properties);
    }

    public static Config of(Map<String, String> properties) {
        return new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .withSources(new PropertiesConfigSource(properties, "application.properties", 100))
                .build();
    }

    /** Creates a Config from properties that may change, with the source {@code live}. */
    public static Config live(Map<String, String> properties) {
        return new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .withSources(new Live(properties))
                .build();
    }

    private record Live(Map<String, String> properties) implements ConfigSource {
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
            return "live";
        }
    }
}
