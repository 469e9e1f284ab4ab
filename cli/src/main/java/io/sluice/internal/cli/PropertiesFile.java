package io.sluice.internal.cli;

import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.jspecify.annotations.Nullable;

/** A properties file as a source of configuration. Messages call it by its path, as the user did. */
final class PropertiesFile implements ConfigSource {

    private final String path;
    private final Map<String, String> properties;
    private final int ordinal;

    PropertiesFile(String path, Map<String, String> properties, int ordinal) {
        this.path = path;
        this.properties = Map.copyOf(properties);
        this.ordinal = ordinal;
    }

    /** The order of the command line decides, not a property of the file. */
    @Override
    public int getOrdinal() {
        return ordinal;
    }

    @Override
    public Set<String> getPropertyNames() {
        return properties.keySet();
    }

    @Override
    public @Nullable String getValue(String name) {
        return properties.get(name);
    }

    @Override
    public String getName() {
        return path;
    }
}
