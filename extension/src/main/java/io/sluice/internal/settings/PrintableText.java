package io.sluice.internal.settings;

import java.util.regex.Pattern;

/** Words of a peer in a line of this side's. The peer must not be able to forge lines, or to change how they look. */
public final class PrintableText {

    /** Control and format characters of all of Unicode, and its separators of lines and paragraphs. */
    private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]");

    private PrintableText() {}

    /**
     * Replaces what cannot be printed.
     *
     * @param text any text
     * @return the same text with a question mark in place of each such character
     */
    public static String of(String text) {
        return UNPRINTABLE.matcher(text).replaceAll("?");
    }
}
