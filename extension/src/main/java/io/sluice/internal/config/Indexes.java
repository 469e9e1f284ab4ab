package io.sluice.internal.config;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The ways to write a number within a key: {@code pem[0].cert}, as SmallRye's YAML has it, and {@code pem.0.cert}, as Helidon's has
 * it.
 */
final class Indexes {
    private static final Pattern INDEXED = Pattern.compile("(.+?)(\\.\\d+|\\[\\d+])");

    private Indexes() {}

    /** The key with dots alone. */
    static String dotted(String key) {
        return key.replaceAll("\\[(\\d+)](?=\\.|\\[|$)", ".$1");
    }

    /** The ways to write a key of dots alone. */
    static List<String> spellings(String dotted) {
        return Stream.of(dotted, dotted.replaceAll("\\.(\\d+)(?=\\.|$)", "[$1]"))
                .distinct()
                .toList();
    }

    /** The key without the number at its end, if it has one. */
    static Optional<String> base(String key) {
        Matcher indexed = INDEXED.matcher(key);
        return indexed.matches() ? Optional.of(indexed.group(1)) : Optional.empty();
    }

    /** The name of the environment variable that gives a property. */
    static String variable(String property) {
        return property.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
    }
}
