package io.sluice.internal.caller;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Patterns for URIs: an asterisk stays within one label of the host, or within one segment of the path. */
final class UriPattern {

    private static final Pattern PARTS =
            Pattern.compile("(?<scheme>[^:/?#]+:)(?<authority>//[^/?#]*)?(?<rest>.*)", Pattern.DOTALL);

    private static final String WITHIN_HOST = "[a-z0-9_-]+";

    /** A segment of dots means another directory. */
    private static final String WITHIN_SEGMENT = "(?!(?<=/)\\.{1,2}(?:[/?#]|$))[^/?#]+";

    /** Without a host, as in {@code urn:device:17}, colons separate the labels. */
    private static final String WITHIN_OPAQUE = "[^:/?#]+";

    private static final String REMEDY = "Write it as spiffe://example.org/ns/*/sa/web";

    private UriPattern() {}

    static String translate(String text) throws InvalidPatternException {
        Matcher parts = PARTS.matcher(text);
        if (!HostPattern.isAscii(text) || !isAbsolute(text) || !parts.matches()) {
            throw new InvalidPatternException("'" + text + "' is not an absolute URI in ASCII", REMEDY);
        }
        String authority = parts.group("authority");
        return NamePattern.eitherCase(Pattern.quote(parts.group("scheme")))
                + (authority == null ? "" : NamePattern.eitherCase(NamePattern.translate(authority, WITHIN_HOST)))
                + NamePattern.translate(parts.group("rest"), authority == null ? WITHIN_OPAQUE : WITHIN_SEGMENT);
    }

    private static boolean isAbsolute(String text) {
        try {
            return new URI(text).isAbsolute();
        } catch (URISyntaxException e) {
            return false;
        }
    }
}
