package io.sluice.internal.settings;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The configured values that hold locations, inline material and passwords, at one moment. Only their digests are kept. Two are equal if the
 * values were. Immutable.
 */
public final class MaterialValues {

    /** No values. */
    public static final MaterialValues NONE = new MaterialValues(Map.of(), property -> Optional.empty());

    private final Map<String, String> digests;
    private final Function<String, Optional<String>> config;

    private MaterialValues(Map<String, String> digests, Function<String, Optional<String>> config) {
        this.digests = digests;
        this.config = config;
    }

    /**
     * Values that were read.
     *
     * @param values each property with its value
     * @param config reads the value of a property as it is now; empty if it is not set or cannot be read
     * @return the values
     */
    public static MaterialValues of(Map<String, String> values, Function<String, Optional<String>> config) {
        Map<String, String> digests = new TreeMap<>();
        values.forEach((property, value) -> digests.put(property, digest(value)));
        return new MaterialValues(digests, config);
    }

    /**
     * The values of the same properties now.
     *
     * @return the values
     */
    public MaterialValues now() {
        Map<String, String> current = new TreeMap<>();
        digests.keySet()
                .forEach(property -> current.put(
                        property,
                        config.apply(property).map(MaterialValues::digest).orElse("")));
        return new MaterialValues(current, config);
    }

    /** These values and those of further properties, as they are now. */
    MaterialValues withPropertiesOf(MaterialValues other) {
        Map<String, String> all = new TreeMap<>(other.now().digests);
        all.putAll(digests);
        return new MaterialValues(all, digests.isEmpty() ? other.config : config);
    }

    /** Whether all values of another collection are the same here. */
    boolean includes(MaterialValues other) {
        return digests.entrySet().containsAll(other.digests.entrySet());
    }

    private static String digest(String value) {
        return Sha256.hex(value.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof MaterialValues values && values.digests.equals(digests);
    }

    @Override
    public int hashCode() {
        return digests.hashCode();
    }

    @Override
    public String toString() {
        return digests.keySet().toString();
    }
}
