package io.sluice.internal.journal;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A line for a shell. Some of its words come from the peer, which may be hostile: a word is quoted if it needs quotes, and omitted with its
 * option if quotes do not suffice. Not thread-safe.
 */
final class ShellCommand {

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./:@%+=,\\[\\]][A-Za-z0-9_./:@%+=,\\[\\]-]*");
    private static final Pattern QUOTABLE = Pattern.compile("[\\x20-\\x7e&&[^'-]][\\x20-\\x7e&&[^']]*");

    private final StringBuilder line;

    ShellCommand(String program) {
        this.line = new StringBuilder(program);
    }

    /** Adds a word of this library. */
    ShellCommand word(String word) {
        line.append(' ').append(word);
        return this;
    }

    /** Adds an option with its value. */
    ShellCommand option(String name, String value) {
        quoted(value)
                .ifPresent(safe -> line.append(' ').append(name).append(' ').append(safe));
        return this;
    }

    /** Adds an option with a list, unless it is empty. */
    ShellCommand list(String name, List<String> values, String separator) {
        return values.isEmpty() ? this : option(name, String.join(separator, values));
    }

    /** Whether a word can be in a command. */
    static Optional<String> quoted(String word) {
        // A bracket is a pattern for a shell.
        if (PLAIN.matcher(word).matches() && word.indexOf('[') < 0) {
            return Optional.of(word);
        }
        return QUOTABLE.matcher(word).matches() ? Optional.of("'" + word + "'") : Optional.empty();
    }

    @Override
    public String toString() {
        return line.toString();
    }
}
