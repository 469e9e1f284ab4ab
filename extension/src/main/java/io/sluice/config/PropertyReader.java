package io.sluice.config;

import io.sluice.context.material.NearNames;
import io.sluice.context.material.Problems;
import io.sluice.context.material.Setting;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigValue;

/** Reads single properties with their sources, and tells of values that cannot be read. An empty value counts as none. */
final class PropertyReader {

    private static final String SECRETS = "password";

    private final Config config;
    private final Problems problems;

    PropertyReader(Config config, Problems problems) {
        this.config = config;
        this.problems = problems;
    }

    /** The value, unless it is empty. */
    Optional<Setting> value(String property) {
        return given(property).filter(setting -> !setting.value().isBlank());
    }

    /** The value, even if it is empty: an empty password is not the same as none. */
    Optional<Setting> given(String property) {
        ConfigValue value = config.getConfigValue(property);
        if (value.getValue() == null) {
            if (value.getRawValue() != null && !value.getRawValue().isBlank()) {
                problems.error(
                        Setting.of(property, source(value), ""),
                        "its expression names a property that is not set",
                        "Set that property, or give the expression a default");
            }
            return Optional.empty();
        }
        boolean secret = property.endsWith(SECRETS);
        return Optional.of(new Setting(property, source(value), value.getValue(), secret));
    }

    /** Tells of a property that is set to nothing. */
    void reportEmpty(String property) {
        given(property)
                .ifPresent(empty -> problems.error(
                        empty, "it is set but empty", "Give it a value, or remove the property from that source"));
    }

    String source(String property) {
        return source(config.getConfigValue(property));
    }

    private static String source(ConfigValue value) {
        return value.getSourceName() == null ? "an unnamed source" : value.getSourceName();
    }

    /** Whether it is true; false without a value. */
    boolean flag(String property) {
        return truth(property).orElse(false);
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

    /** A whole number between the two, both included. */
    Optional<Integer> number(String property, int least, int most) {
        Optional<Setting> setting = value(property);
        Optional<Integer> number = setting.flatMap(given -> Numbers.parse(given.value(), least, most));
        if (setting.isPresent() && number.isEmpty()) {
            problems.error(
                    setting.get(),
                    setting.get().shown() + " is not a whole number from " + least + " to " + most,
                    "Correct it");
        }
        return number;
    }

    /** A duration longer than zero. */
    Optional<Duration> duration(String property) {
        return duration(
                property,
                duration -> !duration.isZero(),
                " is not a duration longer than zero",
                "Use a form such as 10s, 500ms or PT10S");
    }

    /** A timeout: zero means without limit. */
    Optional<Duration> limit(String property) {
        return duration(
                property,
                duration -> true,
                " is not a duration",
                "Use a form such as 10s, 500ms or PT10S, or 0s for no limit");
    }

    private Optional<Duration> duration(String property, Predicate<Duration> allowed, String defect, String remedy) {
        Optional<Setting> setting = value(property);
        Optional<Duration> duration =
                setting.flatMap(given -> Durations.parse(given.value())).filter(allowed);
        if (setting.isPresent() && duration.isEmpty()) {
            problems.error(setting.get(), setting.get().shown() + defect, remedy);
        }
        return duration;
    }

    /** The constant of that name, in either case. */
    <E extends Enum<E>> Optional<E> constant(String property, Class<E> type) {
        List<String> names = Arrays.stream(type.getEnumConstants())
                .map(constant -> constant.name().toLowerCase(Locale.ROOT))
                .toList();
        return oneOf(property, names)
                .map(setting -> Enum.valueOf(type, setting.value().toUpperCase(Locale.ROOT)));
    }

    /** The value if it is one of the words, in either case; spelt as the word is. */
    Optional<Setting> oneOf(String property, List<String> words) {
        return value(property).flatMap(setting -> {
            Optional<String> word =
                    words.stream().filter(equalTo(setting.value().strip())).findFirst();
            if (word.isEmpty()) {
                problems.error(
                        setting,
                        "there is no " + setting.shown() + NearNames.suggest(setting.value(), words),
                        "Use one of " + String.join(", ", words));
            }
            return word.map(spelt -> Setting.of(property, setting.source(), spelt));
        });
    }

    private static Predicate<String> equalTo(String value) {
        return word -> word.equalsIgnoreCase(value);
    }
}
