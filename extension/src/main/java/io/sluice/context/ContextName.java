package io.sluice.context;

import io.sluice.internal.Internal;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * The form of a context's name, which endpoints' names have too. Lower case alone, because the environment does not keep capitals.
 *
 * @hidden
 */
@Internal
public final class ContextName {

    /** What to do about a name that is not of the form, as a sentence without its full stop. */
    public static final String FORM =
            "Use lower-case letters and digits, with single hyphens between them, such as my-app";

    private static final Pattern VALID = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");

    private ContextName() {}

    /**
     * Whether a word can be the name of a context.
     *
     * @param word any word
     * @return true for groups of lower-case letters and digits with single hyphens between them
     */
    public static boolean isValid(String word) {
        return VALID.matcher(word).matches();
    }

    /** The name, if it can be one. */
    static String required(String name) {
        Objects.requireNonNull(name, "the name of a context is required. " + FORM);
        if (!isValid(name)) {
            throw new IllegalArgumentException("\"" + name + "\" cannot be the name of a context. " + FORM);
        }
        return name;
    }
}
