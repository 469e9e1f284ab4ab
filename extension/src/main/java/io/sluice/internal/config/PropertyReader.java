package io.sluice.internal.config;

import io.sluice.internal.settings.MaterialValues;
import io.sluice.internal.settings.NearNames;
import io.sluice.internal.settings.Problems;
import io.sluice.internal.settings.Setting;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigValue;

/** Reads single properties with their sources, and reports values that cannot be read. An empty value counts as unset. */
final class PropertyReader {

    private static final String SECRETS = "password";
    private static final Pattern WITH_UNIT = Pattern.compile("(\\d{1,9})\\s*(ms|s|m|h|d)");

    /**
     * A value and the priority of its source.
     *
     * @param setting the value
     * @param ordinal the ordinal of its source
     */
    record ConfiguredValue(Setting setting, int ordinal) {
        boolean isOfTheSourceOf(ConfiguredValue other) {
            return ordinal == other.ordinal && setting.source().equals(other.setting.source());
        }

        boolean isBlank() {
            return setting.value().isBlank();
        }
    }

    private final Problems problems;
    private final FaultTolerantConfig config;
    private final ListedNames names;
    private final Map<String, String> material = new HashMap<>();

    PropertyReader(Config config, Problems problems) {
        this.problems = problems;
        this.config = new FaultTolerantConfig(config, problems);
        this.names = new ListedNames(this.config.names());
    }

    /** Tests whether a property's value is secret. */
    static boolean isPassword(String property) {
        return property.endsWith(SECRETS);
    }

    /** The values found so far that a watch must look at. */
    MaterialValues materialValues() {
        FaultTolerantConfig later = config.silent();
        return MaterialValues.of(material, property -> later.value(property).map(ConfigValue::getValue));
    }

    /** The names that the sources list. */
    ListedNames names() {
        return names;
    }

    /** The value, unless it is empty. */
    Optional<Setting> value(String property) {
        return given(property).filter(setting -> !setting.value().isBlank());
    }

    /** The value, even if it is empty, because an empty password differs from none. */
    Optional<Setting> given(String property) {
        return find(property).map(ConfiguredValue::setting);
    }

    /** The list from one property or from its elements, unless it is empty. */
    Optional<Setting> list(String property) {
        return givenList(property).filter(setting -> !setting.value().isBlank());
    }

    /** The list, even if it is empty. */
    Optional<Setting> givenList(String property) {
        return new ListReader(this, names, problems).given(property, UnaryOperator.identity());
    }

    /** The list whose elements may contain commas, so that a property without a number is one element. */
    Optional<Setting> givenNames(String property) {
        return new ListReader(this, names, problems)
                .given(property, whole -> Setting.ofList(property, whole.source(), List.of(whole.value())));
    }

    Optional<ConfiguredValue> find(String property) {
        ConfigValue value = config.value(property).orElse(null);
        if (value == null) {
            return Optional.empty();
        }
        if (value.getValue() == null) {
            if (value.getRawValue() != null && !value.getRawValue().isBlank()) {
                problems.error(
                        Setting.of(property, FaultTolerantConfig.source(value), ""),
                        "its expression refers to a property that is not set",
                        "Set that property, or give the expression a default");
            }
            return Optional.empty();
        }
        if (ContextKeys.isMaterial(property)) {
            material.put(property, value.getValue());
        }
        Setting setting =
                new Setting(property, FaultTolerantConfig.source(value), value.getValue(), isPassword(property));
        return Optional.of(new ConfiguredValue(setting, value.getSourceOrdinal()));
    }

    /** The value of a property with several spellings, from the source with the highest ordinal. */
    Optional<ConfiguredValue> find(List<String> spellings) {
        List<ConfiguredValue> given =
                spellings.stream().flatMap(name -> find(name).stream()).toList();
        Optional<ConfiguredValue> first = given.stream().max(Comparator.comparingInt(ConfiguredValue::ordinal));
        given.stream()
                .filter(other -> other.ordinal() == first.orElseThrow().ordinal()
                        && !other.setting()
                                .value()
                                .equals(first.orElseThrow().setting().value()))
                .forEach(other -> problems.error(
                        other.setting(),
                        "it is also set as " + first.orElseThrow().setting().property() + ", with a different value",
                        "Keep one of the two"));
        return first;
    }

    /** Reports a property that is set to an empty value. */
    void reportEmpty(Setting empty) {
        problems.error(empty, "it is set but empty", "Give it a value, or remove the property from that source");
    }

    String source(String property) {
        return config.value(property).map(FaultTolerantConfig::source).orElse("an unnamed source");
    }

    Optional<Boolean> truth(String property) {
        return value(property).flatMap(setting -> {
            String value = setting.value().strip().toLowerCase(Locale.ROOT);
            if (value.equals("true") || value.equals("false")) {
                return Optional.of(value.equals("true"));
            }
            problems.error(setting, setting.shown() + " is neither true nor false", "Use true or false");
            return Optional.empty();
        });
    }

    /** A whole number between the limits of its key, both included. */
    Optional<Integer> number(String property, Key key) {
        int least = key.allowed().least();
        int most = key.allowed().most();
        Optional<Setting> setting = value(property);
        Optional<Integer> number = setting.flatMap(given -> parseNumber(given.value(), least, most));
        if (setting.isPresent() && number.isEmpty()) {
            problems.error(
                    setting.get(),
                    setting.get().shown() + " is not a whole number from " + least + " to " + most,
                    "Correct it");
        }
        return number;
    }

    /** A duration. Zero is allowed if the key declares it as a limit, and means no limit. */
    Optional<Duration> duration(String property, Key key) {
        return key.type() == ValueType.LIMIT
                ? duration(
                        property,
                        duration -> true,
                        " is not a duration",
                        "Use a form such as 10s, 500ms or PT10S, or 0s for no limit")
                : duration(
                        property,
                        duration -> !duration.isZero(),
                        " is not a duration longer than zero",
                        "Use a form such as 10s, 500ms or PT10S");
    }

    private Optional<Duration> duration(String property, Predicate<Duration> allowed, String defect, String remedy) {
        Optional<Setting> setting = value(property);
        Optional<Duration> duration =
                setting.flatMap(given -> parseDuration(given.value())).filter(allowed);
        if (setting.isPresent() && duration.isEmpty()) {
            problems.error(setting.get(), setting.get().shown() + defect, remedy);
        }
        return duration;
    }

    private static Optional<Integer> parseNumber(String text, int least, int most) {
        try {
            return Optional.of(Integer.parseInt(text.strip())).filter(number -> number >= least && number <= most);
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** Reads ISO-8601 ({@code PT10S}), or a number with its unit ({@code 500ms}, {@code 10s}, {@code 2m}, {@code 1h}, {@code 30d}). */
    static Optional<Duration> parseDuration(String text) {
        Matcher matcher = WITH_UNIT.matcher(text.strip());
        Optional<Duration> duration = matcher.matches()
                ? Optional.of(ofUnit(Long.parseLong(matcher.group(1)), matcher.group(2)))
                : parseIso(text.strip());
        return duration.filter(length -> !length.isNegative());
    }

    private static Duration ofUnit(long amount, String unit) {
        return switch (unit) {
            case "ms" -> Duration.ofMillis(amount);
            case "s" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofMinutes(amount);
            case "h" -> Duration.ofHours(amount);
            default -> Duration.ofDays(amount);
        };
    }

    private static Optional<Duration> parseIso(String text) {
        try {
            return Optional.of(Duration.parse(text));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    /** The constant whose name is the value, in upper or lower case. The key declares the names. */
    <E extends Enum<E>> Optional<E> constant(String property, Key key, Class<E> type) {
        return oneOf(property, key)
                .map(setting -> Enum.valueOf(type, setting.value().toUpperCase(Locale.ROOT)));
    }

    /** The value if it is one of the key's words, in upper or lower case. It is spelt as in the list of words. */
    Optional<Setting> oneOf(String property, Key key) {
        List<String> words = key.allowed().words();
        return value(property).flatMap(setting -> {
            Optional<String> word =
                    words.stream().filter(equalTo(setting.value().strip())).findFirst();
            if (word.isEmpty()) {
                problems.error(
                        setting,
                        setting.shown() + " is not valid" + NearNames.suggest(setting.value(), words),
                        "Use one of " + String.join(", ", words));
            }
            return word.map(spelt -> Setting.of(property, setting.source(), spelt));
        });
    }

    private static Predicate<String> equalTo(String value) {
        return word -> word.equalsIgnoreCase(value);
    }
}
