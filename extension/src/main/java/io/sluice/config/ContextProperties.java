package io.sluice.config;

import io.sluice.context.material.ContextSettings;
import io.sluice.context.material.Problem;
import io.sluice.context.material.Problems;
import io.sluice.context.material.Setting;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.microprofile.config.Config;

/** The properties of one context by their keys; remembers whether any was set. */
final class ContextProperties {

    private final Config config;
    private final String context;
    private final Problems problems;
    private final PropertyReader reader;
    private boolean found;

    ContextProperties(Config config, String context, Problems problems) {
        this.config = config;
        this.context = context;
        this.problems = problems;
        this.reader = new PropertyReader(config, problems);
    }

    /** Whether one of the properties asked for so far has a value. */
    boolean found() {
        return found;
    }

    /** A key's full name. */
    String name(String key) {
        return ContextSettings.PREFIX + context + "." + key;
    }

    Optional<Setting> value(String key) {
        Optional<Setting> value = noted(reader.value(name(key)));
        if (value.isEmpty() && ContextKeys.mustNotBeEmpty(key)) {
            reader.reportEmpty(name(key));
        }
        return value;
    }

    /** The value, even if it is empty. */
    Optional<Setting> given(String key) {
        return noted(reader.given(name(key)));
    }

    /** Tells of a key that is not set; of one that is set but empty {@link #value} tells. */
    void missing(String key, String fault, String remedy) {
        if (reader.given(name(key)).isEmpty()) {
            problems.error(Problem.unset(name(key), fault, remedy));
        }
    }

    /** Those of the keys that are set. */
    List<Setting> values(Collection<String> keys) {
        return keys.stream().map(this::value).flatMap(Optional::stream).toList();
    }

    boolean flag(String key) {
        value(key);
        return reader.flag(name(key));
    }

    Optional<Duration> duration(String key) {
        value(key);
        return reader.duration(name(key));
    }

    Optional<Duration> limit(String key) {
        value(key);
        return reader.limit(name(key));
    }

    <E extends Enum<E>> Optional<E> constant(String key, Class<E> type) {
        value(key);
        return reader.constant(name(key), type);
    }

    Optional<Setting> oneOf(String key, List<String> words) {
        value(key);
        return reader.oneOf(name(key), words);
    }

    /** The next part of every listed key that begins so. */
    Set<String> listedUnder(String keyPrefix) {
        Set<String> parts = new TreeSet<>();
        new ListedKeys(config, ContextSettings.PREFIX).forEachUnder(name(keyPrefix), listed -> {
            String rest = listed.key().substring(keyPrefix.length());
            if (rest.indexOf('.') > 0) {
                parts.add(rest.substring(0, rest.indexOf('.')));
            }
        });
        return parts;
    }

    private Optional<Setting> noted(Optional<Setting> setting) {
        found |= setting.isPresent();
        return setting;
    }
}
