package io.sluice.internal.caller;

/** Patterns for mail addresses: an asterisk stays within the local part, or within one label of the host. */
final class EmailPattern {

    private static final String WITHIN_LOCAL_PART = "[^@\\s\\p{Cntrl}]+";

    private EmailPattern() {}

    static String translate(String text) throws InvalidPatternException {
        int at = text.indexOf('@');
        boolean local = at > 0 && text.substring(0, at).chars().noneMatch(c -> c > 126 || Character.isWhitespace(c));
        if (!local || at != text.lastIndexOf('@')) {
            throw new InvalidPatternException(
                    "'" + text + "' is not a mail address", "Write it as ann@example.com or *@example.com");
        }
        return NamePattern.translate(text.substring(0, at), WITHIN_LOCAL_PART)
                + "@"
                + HostPattern.translate(text.substring(at + 1));
    }
}
