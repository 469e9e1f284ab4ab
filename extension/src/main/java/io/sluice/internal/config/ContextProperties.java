package io.sluice.internal.config;

import io.sluice.internal.config.PropertyReader.ConfiguredValue;
import io.sluice.internal.settings.ContextName;
import io.sluice.internal.settings.Problem;
import io.sluice.internal.settings.Problems;
import io.sluice.internal.settings.Setting;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.stream.Stream;

/** The properties of one context by their keys. It records whether any of them is set. */
final class ContextProperties {

    private final ContextName context;
    private final Problems problems;
    private final PropertyReader reader;
    private boolean found;

    ContextProperties(PropertyReader reader, ContextName context, Problems problems) {
        this.context = context;
        this.problems = problems;
        this.reader = reader;
    }

    /** Tests whether one of the properties read so far has a value. */
    boolean found() {
        return found;
    }

    /** A key's full name. */
    String name(String key) {
        return context.property(key);
    }

    /** The value, or the list from one property or from its elements, unless it is empty. */
    Optional<Setting> value(String key) {
        return noted(unlessEmpty(key, raw(key)));
    }

    private Optional<Setting> unlessEmpty(String key, Optional<Setting> given) {
        given.filter(setting -> setting.value().isBlank())
                .filter(setting -> ContextKeys.mustNotBeEmpty(key))
                .ifPresent(empty -> problems.error(
                        empty,
                        "it is set but empty",
                        "Give it a value, or remove the property from that source"
                                + ContextKeys.kindKey(key)
                                        .map(kind -> ". To use another kind of store, set " + name(kind))
                                        .orElse("")));
        return given.filter(setting -> !setting.value().isBlank());
    }

    /** The value, even if it is empty. The numbers in the key may be written either way. */
    Optional<Setting> given(String key) {
        return noted(raw(key));
    }

    private Optional<Setting> raw(String key) {
        if (ContextKeys.KEYS.isList(key)) {
            return key.equals(ContextKeys.SUBJECTS) ? reader.givenNames(name(key)) : reader.givenList(name(key));
        }
        String bracketed = key.replaceAll("\\.(\\d+)(?=\\.|$)", "[$1]");
        List<String> spellings =
                Stream.of(key, bracketed).distinct().map(this::name).toList();
        return reader.find(spellings).map(ConfiguredValue::setting);
    }

    /** Reports a key that is not set. If it is set but empty, {@link #value} reports it. */
    void missing(String key, String fault, String remedy) {
        if (raw(key).isEmpty()) {
            problems.error(Problem.unset(name(key), fault, remedy));
        }
    }

    /** Those of the keys that are set. */
    List<Setting> values(Collection<String> keys) {
        return keys.stream().map(this::value).flatMap(Optional::stream).toList();
    }

    boolean flag(String key) {
        return truth(key).orElse(false);
    }

    Optional<Boolean> truth(String key) {
        return reader.truth(checked(key));
    }

    Optional<Duration> duration(String key) {
        return reader.duration(checked(key));
    }

    Optional<Duration> limit(String key) {
        return reader.limit(checked(key));
    }

    <E extends Enum<E>> Optional<E> constant(String key, Class<E> type) {
        return reader.constant(checked(key), type);
    }

    Optional<Setting> oneOf(String key, List<String> words) {
        return reader.oneOf(checked(key), words);
    }

    /** The key's full name. An empty value has been reported. */
    private String checked(String key) {
        value(key);
        return name(key);
    }

    /** The parts that are listed under a key, up to the next dot. */
    Set<String> partsUnder(String key) {
        return reader.names().partsUnder(name(key));
    }

    /** The numbers under a key, in names and in environment variables. */
    SortedSet<Integer> indexesUnder(String key) {
        return reader.names().indexesUnder(name(key));
    }

    /** The numbers in brackets after a key. */
    SortedSet<Integer> bracketsUnder(String key) {
        return reader.names().bracketsUnder(name(key));
    }

    private Optional<Setting> noted(Optional<Setting> setting) {
        found |= setting.isPresent();
        return setting;
    }
}
