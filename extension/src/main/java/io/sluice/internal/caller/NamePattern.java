package io.sluice.internal.caller;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Translates parts of a pattern into regular expressions. An asterisk stands for one or more characters of one label. */
final class NamePattern {

    private static final Pattern UNPRINTABLE = Pattern.compile("\\p{Cntrl}");

    private NamePattern() {}

    /** The expression for a text in which an asterisk stands for what {@code label} matches. */
    static String translate(String text, String label) {
        StringBuilder expression = new StringBuilder();
        Matcher parts = Pattern.compile("\\*|[^*]+").matcher(text);
        while (parts.find()) {
            expression.append(parts.group().equals("*") ? label : Pattern.quote(parts.group()));
        }
        return expression.toString();
    }

    /** The expression for a text whose letters may be of either case. Only ASCII has such letters here. */
    static String eitherCase(String expression) {
        return "(?i:" + expression + ")";
    }

    /** Rejects what no kind of name permits. */
    static void check(String text) throws InvalidPatternException {
        if (UNPRINTABLE.matcher(text).find()) {
            throw new InvalidPatternException("it contains a control character", "Remove it");
        }
        if (text.contains("**")) {
            throw new InvalidPatternException(
                    "'" + text + "' contains **, but a * never crosses the end of a label",
                    "Write one * for each label");
        }
    }
}
