package io.sluice.internal.config;

import io.sluice.internal.settings.ExpirationPolicy;
import io.sluice.internal.settings.ExpiryWarning;
import io.sluice.internal.settings.Problems;
import io.sluice.internal.settings.RotationSettings;
import io.sluice.internal.settings.Setting;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads how a context follows its material, and when it warns. */
final class RotationReader {

    /** A shorter period would be a busy loop, and a longer one exceeds what timers and clocks can represent. */
    private static final Duration SHORTEST = Duration.ofMillis(10);

    private static final Duration LONGEST = Duration.ofDays(10_000);
    private static final Pattern PERCENT = Pattern.compile("([1-9]\\d?)\\s*%");

    private final ContextProperties properties;
    private final Problems problems;

    RotationReader(ContextProperties properties, Problems problems) {
        this.properties = properties;
        this.problems = problems;
    }

    RotationSettings read() {
        Optional<Setting> period = properties.value(RotationKeys.RELOAD_PERIOD);
        return new RotationSettings(
                period.filter(RotationReader::isOff).isPresent() ? Optional.empty() : Optional.of(period(period)),
                period.filter(setting -> !isOff(setting) && properties.isOwn(setting)),
                warnings(),
                policy(RotationKeys.OWN_KEYS),
                policy(RotationKeys.TRUST));
    }

    private static boolean isOff(Setting setting) {
        return setting.value().strip().equalsIgnoreCase(RotationKeys.OFF);
    }

    private Duration period(Optional<Setting> configured) {
        Optional<Duration> period = configured
                .flatMap(setting -> PropertyReader.parseDuration(setting.value()))
                .filter(length -> length.compareTo(SHORTEST) >= 0 && length.compareTo(LONGEST) <= 0);
        if (period.isEmpty()) {
            configured.ifPresent(setting -> problems.error(
                    setting,
                    setting.shown() + " is not a duration from 10ms to 10000d",
                    "Use a form such as 1m, 30s or PT1H, or off to reload only from code"));
        }
        return period.orElse(RotationSettings.DEFAULT_PERIOD);
    }

    private ExpirationPolicy policy(Key key) {
        return properties.constant(key, ExpirationPolicy.class).orElseGet(() -> key.defaultOf(ExpirationPolicy.class));
    }

    private List<ExpiryWarning> warnings() {
        Optional<Setting> configured = properties.value(RotationKeys.EXPIRY_WARNING);
        if (configured.isEmpty()) {
            return RotationSettings.DEFAULT_WARNINGS;
        }
        if (isOff(configured.get())) {
            return List.of();
        }
        return configured.get().list().stream()
                .flatMap(element -> warning(configured.get(), element).stream())
                .toList();
    }

    private Optional<ExpiryWarning> warning(Setting setting, String element) {
        Matcher percent = PERCENT.matcher(element);
        Optional<ExpiryWarning> warning = percent.matches()
                ? Optional.of(ExpiryWarning.ofPercent(Integer.parseInt(percent.group(1))))
                : PropertyReader.parseDuration(element)
                        .filter(before -> !before.isZero() && before.compareTo(LONGEST) <= 0)
                        .map(ExpiryWarning::of);
        if (warning.isEmpty()) {
            problems.error(
                    setting,
                    "'" + element + "' is neither a percentage from 1% to 99% nor a duration up to 10000d",
                    "Use a list such as 25%,10% or 30d,7d, or off for no warning");
        }
        return warning;
    }
}
