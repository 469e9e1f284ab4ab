package io.sluice.internal.config;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The declaration of one key. The readers take its name, the values that it allows and its default from here; so do the metadata for
 * IDEs and the tables of the pages.
 *
 * @param name the part of the property's name after that of the context or endpoint; {@link #PAIR} stands for the name of a PEM pair
 * @param type what a value looks like
 * @param allowed the values that are allowed
 * @param unset what applies if the key is not set
 * @param meaning one line of Markdown, without a full stop
 */
record Key(String name, ValueType type, Allowed allowed, Unset unset, String meaning) {

    /** What stands for the name of a PEM pair. */
    static final String PAIR = "<n>";

    /**
     * The values that a key allows.
     *
     * @param words the words, of which the value is one; empty if the value is no word
     * @param least the least number
     * @param most the greatest number
     */
    record Allowed(List<String> words, int least, int most) {
        static final Allowed ANY = new Allowed(List.of(), 0, Integer.MAX_VALUE);

        /** Copies the list. */
        Allowed {
            words = List.copyOf(words);
        }
    }

    /**
     * What applies if a key is not set.
     *
     * @param value the value that has the same effect; empty if there is none
     * @param words the same in words, for the pages; empty if the value says it, or if nothing applies
     */
    record Unset(Optional<String> value, Optional<String> words) {
        static final Unset NOTHING = new Unset(Optional.empty(), Optional.empty());
    }

    static Key of(String name, ValueType type, String meaning) {
        return new Key(name, type, Allowed.ANY, Unset.NOTHING, meaning);
    }

    static Key truth(String name, boolean preset, String meaning) {
        return of(name, ValueType.TRUTH, meaning).preset(preset);
    }

    static Key number(String name, int least, int most, String meaning) {
        return new Key(name, ValueType.NUMBER, new Allowed(List.of(), least, most), Unset.NOTHING, meaning);
    }

    /** A key whose value is one of some words. */
    static Key words(String name, List<String> words, String meaning) {
        return new Key(name, ValueType.CHOICE, new Allowed(words, 0, 0), Unset.NOTHING, meaning);
    }

    /** A key whose value is the name of a constant, in lower case. */
    static <E extends Enum<E>> Key choice(String name, Class<E> type, String meaning) {
        return words(name, Arrays.stream(type.getEnumConstants()).map(Key::text).toList(), meaning);
    }

    /** A key whose value is the name of a constant, in lower case, with that of a given constant as its default. */
    static <E extends Enum<E>> Key choice(String name, E preset, String meaning) {
        return choice(name, preset.getDeclaringClass(), meaning).preset(preset);
    }

    /** The same key with a default. */
    Key preset(Object value) {
        return new Key(name, type, allowed, new Unset(Optional.of(text(value)), unset.words()), meaning);
    }

    /** The same key, for which the pages say in other words what applies if it is not set. */
    Key otherwise(String words) {
        return new Key(name, type, allowed, new Unset(unset.value(), Optional.of(words)), meaning);
    }

    /** The same key, whose meaning says first what it is about. */
    Key about(String what) {
        return new Key(name, type, allowed, unset, what + meaning);
    }

    /** The default of a key whose value is true or false; false if it has none. */
    boolean isTrueByDefault() {
        return unset.value().filter("true"::equals).isPresent();
    }

    /** The default of a key whose value is a number. */
    int defaultNumber() {
        return Integer.parseInt(unset.value().orElseThrow());
    }

    /** The default of a key whose value is a duration. */
    Duration defaultDuration() {
        return PropertyReader.parseDuration(unset.value().orElseThrow()).orElseThrow();
    }

    /** The default of a key whose value is the name of a constant. */
    <E extends Enum<E>> E defaultOf(Class<E> type) {
        return Enum.valueOf(type, unset.value().orElseThrow().toUpperCase(Locale.ROOT));
    }

    private static String text(Object value) {
        if (value instanceof Duration duration) {
            return text(duration);
        }
        return value instanceof Enum<?> constant ? constant.name().toLowerCase(Locale.ROOT) : String.valueOf(value);
    }

    /** The duration in its largest unit that makes it a whole number. */
    private static String text(Duration duration) {
        if (duration.toMillisPart() != 0) {
            return duration.toMillis() + "ms";
        }
        if (duration.toSecondsPart() != 0 || duration.isZero()) {
            return duration.toSeconds() + "s";
        }
        if (duration.toMinutesPart() != 0) {
            return duration.toMinutes() + "m";
        }
        return duration.toHoursPart() == 0 ? duration.toDays() + "d" : duration.toHours() + "h";
    }
}
