package io.sluice.internal.config;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The two spellings of a number within a key: {@code pem[0].cert}, as in SmallRye's YAML, and {@code pem.0.cert}, as in Helidon's.
 */
final class Indexes {
    private static final Pattern INDEXED = Pattern.compile("(.+?)(\\.\\d+|\\[\\d+])");

    private Indexes() {}

    /** The key in the spelling with dots. */
    static String dotted(String key) {
        return key.replaceAll("\\[(\\d+)](?=\\.|\\[|$)", ".$1");
    }

    /** The spellings of a key that is spelt with dots. */
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

    /** The environment variable that sets a property. */
    static String variable(String property) {
        return property.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
    }
}
