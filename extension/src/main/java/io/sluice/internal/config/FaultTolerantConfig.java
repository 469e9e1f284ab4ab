package io.sluice.internal.config;

import io.sluice.internal.settings.Problem;
import io.sluice.internal.settings.Problems;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigValue;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.jspecify.annotations.Nullable;

/** Reads a Config whose sources, expressions and secret keys may fail. Each failure becomes one problem that names the property. */
final class FaultTolerantConfig {
    private static final String UNNAMED = "an unnamed source";
    private static final String UNREAD = "the config source cannot read it (";

    /** The code at the beginning of SmallRye's messages, which may always be shown. */
    private static final Pattern CODE = Pattern.compile("[A-Z]{2,8}\\d{3,6}(?=:)");

    private final Config config;
    private final Problems problems;

    FaultTolerantConfig(Config config, Problems problems) {
        this.config = config;
        this.problems = problems;
    }

    /** The same Config, whose failures nobody needs to know. */
    FaultTolerantConfig silent() {
        return new FaultTolerantConfig(config, new Problems());
    }

    /** The value from the Config; empty if it cannot be read, which is reported. */
    Optional<ConfigValue> value(String property) {
        return attempt(() -> config.getConfigValue(property), failure -> report(property, failure));
    }

    static String source(ConfigValue value) {
        return value.getSourceName() == null ? UNNAMED : value.getSourceName();
    }

    /** The names that the sources list. If a source cannot list its names, they are missing, which is reported. */
    Set<String> names() {
        Set<String> names = new HashSet<>();
        attempt(() -> addAll(config.getPropertyNames(), names), failure -> namesOfEach(names, failure));
        return names;
    }

    private static Set<String> addAll(Iterable<String> more, Set<String> names) {
        more.forEach(names::add);
        return names;
    }

    private void namesOfEach(Set<String> names, Throwable failure) {
        boolean found = false;
        for (ConfigSource source : config.getConfigSources()) {
            found |= attempt(() -> addAll(source.getPropertyNames(), names), own -> reportNames(name(source), own))
                    .isEmpty();
        }
        if (!found) {
            reportNames(UNNAMED, failure);
        }
    }

    private void reportNames(String source, Throwable failure) {
        problems.error(new Problem(
                "sluice.…",
                Optional.of(source),
                "the config source cannot list its properties (" + failure + ")",
                "Repair the source"));
    }

    private void report(String property, Throwable failure) {
        for (ConfigSource source : config.getConfigSources()) {
            try {
                if (source.getValue(property) != null) {
                    reportValue(property, name(source), failure);
                    return;
                }
            } catch (RuntimeException | LinkageError | StackOverflowError e) {
                reportSource(property, name(source), e);
                return;
            }
        }
        reportValue(property, UNNAMED, failure);
    }

    /** A source that fails in the same way for every property is one problem. */
    private void reportSource(String property, String source, Throwable failure) {
        Problem problem = new Problem(
                property, Optional.of(source), UNREAD + shown(property, failure) + ")", "Repair the source");
        boolean known = problems.errors().stream()
                .anyMatch(other -> other.source().equals(problem.source())
                        && (isSecret(property)
                                ? other.fault().startsWith(UNREAD)
                                : other.fault().equals(problem.fault())));
        if (!known) {
            problems.error(problem);
        }
    }

    private void reportValue(String property, String source, Throwable failure) {
        boolean forbidden = failure instanceof SecurityException;
        problems.error(new Problem(
                property,
                Optional.of(source),
                (forbidden ? "the configuration refuses to read it (" : "its expression cannot be resolved (")
                        + shown(property, failure) + ")",
                forbidden
                        ? "Remove the property, and the properties that its expression uses, from the secret keys"
                        : "Correct the expression, or the property that it refers to"));
    }

    /** The message of another library may contain a part of a secret value. */
    private static String shown(String property, Throwable failure) {
        if (!isSecret(property)) {
            return failure instanceof StackOverflowError ? "it refers to itself" : failure.toString();
        }
        Matcher code = CODE.matcher(String.valueOf(failure.getMessage()));
        return failure.getClass().getName() + (code.lookingAt() ? ": " + code.group() : "");
    }

    private static boolean isSecret(String property) {
        return property.contains("key-store.") || PropertyReader.isPassword(property);
    }

    private static String name(ConfigSource source) {
        return attempt(source::getName, failure -> {}).orElse(UNNAMED);
    }

    private static <T> Optional<T> attempt(Supplier<@Nullable T> read, Consumer<Throwable> onFailure) {
        try {
            return Optional.ofNullable(read.get());
        } catch (RuntimeException | LinkageError | StackOverflowError e) {
            onFailure.accept(e);
            return Optional.empty();
        }
    }
}
