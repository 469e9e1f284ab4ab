package io.sluice.internal.settings;

import java.util.Collection;
import java.util.regex.Pattern;

/**
 * The name of a context. Only lower case is valid, because environment variables do not preserve case. Its string is the context in
 * the words of a message: {@code context 'web'}.
 *
 * @param value the name itself
 */
public record ContextName(String value) implements Comparable<ContextName> {

    /** The valid form, and what to do about a name that does not have it. Names of endpoints have the same form. */
    public static final String FORM =
            "Use lower-case letters and digits, with single hyphens between them, such as my-app";

    private static final Pattern VALID = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");

    /** The context that is used if no other is named: the JDK's, unless it is configured. */
    public static final ContextName DEFAULT = new ContextName("default");

    /** The context without TLS. */
    public static final ContextName NONE = new ContextName("none");

    /**
     * Makes a name of a word.
     *
     * @param value the word
     * @throws IllegalArgumentException if the word does not have the valid form
     */
    public ContextName {
        if (!isValid(value)) {
            throw new IllegalArgumentException(invalid(value) + ". " + FORM);
        }
    }

    /**
     * Tests whether a word can be the name of a context.
     *
     * @param word any word
     * @return true for groups of lower-case letters and digits with single hyphens between them
     */
    public static boolean isValid(String word) {
        return VALID.matcher(word).matches();
    }

    /**
     * The fault of a word that cannot be a name.
     *
     * @param word the word
     * @return the fault, without a full stop
     */
    public static String invalid(String word) {
        return "'" + word + "' cannot be the name of a context";
    }

    /**
     * What to say if a word is used as a name and cannot be one.
     *
     * @param word the word
     * @param existing the names of the contexts that exist
     * @return the fault, similar names if there are any, and the valid form
     */
    public static String invalidAmong(String word, Collection<String> existing) {
        return invalid(word) + NearNames.suggest(word, existing) + ". " + FORM;
    }

    /**
     * A context in the words of a message.
     *
     * @param word its name, which may be invalid
     * @return {@code context 'web'}
     */
    public static String quoted(String word) {
        return "context '" + word + "'";
    }

    /**
     * The qualifier of a context's beans, as it is written in code.
     *
     * @param word its name, which may be invalid
     * @return {@code @SslContext("web")}
     */
    public static String qualifier(String word) {
        return "@SslContext(\"" + word + "\")";
    }

    /**
     * The property that configures one aspect of this context.
     *
     * @param key the part after the context's name
     * @return the property's full name
     */
    public String property(String key) {
        return ContextSettings.PREFIX + value + "." + key;
    }

    /**
     * Compares this name with a word.
     *
     * @param word any word
     * @return true if the word is this name
     */
    public boolean is(String word) {
        return value.equals(word);
    }

    @Override
    public int compareTo(ContextName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return quoted(value);
    }
}
