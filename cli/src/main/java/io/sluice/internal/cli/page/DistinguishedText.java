package io.sluice.internal.cli.page;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A distinguished name as text (RFC 2253).
 *
 * @param whole the whole name
 */
record DistinguishedText(String whole) {

    private static final Pattern COMMON_NAME =
            Pattern.compile("(?:^|[,+])\\s*CN=((?:\\\\.|[^,+\\\\])++)", Pattern.CASE_INSENSITIVE);

    /** What people call it: its common name, else all of it. */
    String shortName() {
        Matcher matcher = COMMON_NAME.matcher(whole);
        return matcher.find() ? matcher.group(1).replaceAll("\\\\(.)", "$1") : whole;
    }

    /** Whether the short name leaves something out. */
    boolean hasMore() {
        return !whole.equals(shortName()) && !whole.equalsIgnoreCase("CN=" + shortName());
    }
}
