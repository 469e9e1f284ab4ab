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

    /** As it stands, only without the scheme and the local host. */
    static String raw(String url) {
        return LOCAL.matcher(url.substring(SCHEME.length())).replaceFirst("");
    }

    /** With the percent signs decoded; as it stands if they encode nothing. A plus sign is a plus sign. */
    public static String decoded(String url) {
        try {
            return URLDecoder.decode(raw(url).replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return raw(url);
        }
    }

    /** Of {@code /C:/dir} the part that Windows takes for a path. */
    public static String ofWindows(String path) {
        return DRIVE.matcher(path).matches()
                ? path.replaceFirst("^/+", "").replaceFirst("^([A-Za-z])\\|", "$1:")
                : path;
    }
}
