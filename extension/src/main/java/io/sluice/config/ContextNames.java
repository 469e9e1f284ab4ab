package io.sluice.config;

import java.util.regex.Pattern;

/** What a context may be called. Lower case alone, because the environment does not keep capitals. */
final class ContextNames {

    /** The property that names contexts which only the environment configures. */
    static final String LIST = "sluice.contexts";

    /** The name of no TLS. */
    static final String NONE = "none";

    static final String NONE_FAULT = "the context 'none' is plain and has no settings";

    static final String REMEDY = "Use lower-case letters and digits, with single hyphens between them, such as my-app";

    private static final Pattern NAME = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");

    private ContextNames() {}

    static boolean isValid(String name) {
        return NAME.matcher(name).matches();
    }

    static String fault(String name) {
        return "'" + name + "' cannot be the name of a context";
    }
}
