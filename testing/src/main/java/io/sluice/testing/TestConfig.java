package io.sluice.testing;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.HashMap;
import java.util.Map;
import org.eclipse.microprofile.config.Config;

/** A real Config of the properties that a test gives. */
public final class TestConfig {
    /** The name of the source that the properties come from. */
    public static final String SOURCE = "PropertiesConfigSource[source=application.properties]";

    private TestConfig() {}

    /** Properties as names and values in turn. */
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
}
