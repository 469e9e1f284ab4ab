package io.sluice.internal.settings;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** The path in a {@code file:} URL (RFC 8089), also as Windows writes it. */
public final class FileUrl {

    static final String SCHEME = "file:";

    private static final Pattern LOCAL = Pattern.compile("^//(localhost)?(?=/)");
    private static final Pattern DRIVE = Pattern.compile("/+[A-Za-z][:|][/\\\\].*");

    private FileUrl() {}

    /** Returns the path unchanged, without the scheme and the local host. */
    static String raw(String url) {
        return LOCAL.matcher(url.substring(SCHEME.length())).replaceFirst("");
    }

    /** Decodes percent encoding. Returns the raw path if it is not encoded. A plus sign stays a plus sign. */
    public static String decoded(String url) {
        try {
            return URLDecoder.decode(raw(url).replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return raw(url);
        }
    }

    /** Converts {@code /C:/dir} to the form that Windows accepts. */
    public static String ofWindows(String path) {
        return DRIVE.matcher(path).matches()
                ? path.replaceFirst("^/+", "").replaceFirst("^([A-Za-z])\\|", "$1:")
                : path;
    }
}
