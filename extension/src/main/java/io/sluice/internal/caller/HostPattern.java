package io.sluice.internal.caller;

import java.net.IDN;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Patterns for the names of hosts: the labels between the dots, in either case. */
final class HostPattern {

    private static final int LONGEST_LABEL = 63;
    private static final int LONGEST_NAME = 253;
    private static final Pattern LABEL = Pattern.compile("[A-Za-z0-9_*-]+");
    private static final Pattern NUMBER = Pattern.compile("\\d+");

    /** A wildcard in a certificate is no name of a host, so it is excluded. */
    private static final String WITHIN_LABEL = "[a-z0-9_-]+";

    /** Sharp s in both cases, final sigma, and the two joiners. */
    private static final Pattern AMBIGUOUS = Pattern.compile("[\\u00DF\\u1E9E\\u03C2\\u200C\\u200D]");

    private static final String REMEDY = "Write it as web.example.com or *.example.com";

    private HostPattern() {}

    static String translate(String host) throws InvalidPatternException {
        String name = ascii(host);
        String[] labels = name.split("\\.", -1);
        for (String label : labels) {
            if (!LABEL.matcher(label).matches()) {
                throw new InvalidPatternException(
                        "'" + host + "' has "
                                + (label.isEmpty() ? "an empty label" : "the label '" + label + "'")
                                + ", which no DNS name has",
                        REMEDY);
            }
            if (label.length() > LONGEST_LABEL) {
                throw tooLong(host);
            }
        }
        if (name.length() > LONGEST_NAME) {
            throw tooLong(host);
        }
        if (NUMBER.matcher(labels[labels.length - 1]).matches()) {
            throw new InvalidPatternException("'" + host + "' is an address, not a DNS name", REMEDY);
        }
        return NamePattern.eitherCase(NamePattern.translate(name, WITHIN_LABEL));
    }

    private static InvalidPatternException tooLong(String host) {
        return new InvalidPatternException("'" + host + "' is longer than a DNS name can be", REMEDY);
    }

    /**
     * Certificates contain international names in this form (RFC 5280, 7.2). The JDK knows only IDNA 2003, which maps some characters to
     * other domains than IDNA 2008 does (UTS 46, section 7).
     */
    private static String ascii(String host) throws InvalidPatternException {
        if (isAscii(host)) {
            return host;
        }
        Matcher ambiguous = AMBIGUOUS.matcher(host);
        if (ambiguous.find()) {
            throw new InvalidPatternException(
                    String.format(
                            "'%s' has the character U+%04X, which stands for different domains in IDNA 2003 and 2008",
                            host, (int) ambiguous.group().charAt(0)),
                    "Write that label as the certificate contains it, with xn-- in front");
        }
        try {
            return IDN.toASCII(host);
        } catch (IllegalArgumentException e) {
            throw new InvalidPatternException("'" + host + "' is not a DNS name (" + e.getMessage() + ")", REMEDY);
        }
    }

    static boolean isAscii(String text) {
        return text.chars().allMatch(character -> character < 128);
    }
}
