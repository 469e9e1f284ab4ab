package io.sluice.context.material;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * A configured value and where it came from.
 *
 * @param property the property's name
 * @param source the config source that gave the value
 * @param value the value; never in a message if it is secret, or if it is material given inline
 * @param secret whether nobody may see the value
 */
public record Setting(String property, String source, String value, boolean secret) {

    private static final String MASK = "********";

    /**
     * A value that anybody may see, unless it is material given inline.
     *
     * @param property the property's name
     * @param source the config source
     * @param value the value
     * @return the setting
     */
    public static Setting of(String property, String source, String value) {
        return new Setting(property, source, value, false);
    }

    /**
     * A value that nobody may see.
     *
     * @param property the property's name
     * @param source the config source
     * @param value the value
     * @return the setting
     */
    public static Setting secret(String property, String source, String value) {
        return new Setting(property, source, value, true);
    }

    /**
     * The value as a message may show it: quoted, masked if secret, and described where it is material given inline.
     *
     * @return the words
     */
    public String shown() {
        if (secret) {
            return MASK;
        }
        if (Location.isInlinePem(value)) {
            return String.format(Locale.ROOT, "inline PEM (%,d characters)", value.length());
        }
        if (Location.isBase64(value)) {
            return String.format(Locale.ROOT, "inline base64 (%,d characters)", value.length());
        }
        return "'" + value + "'";
    }

    /**
     * The value as a list, split at commas, without the blanks around and without empty elements.
     *
     * @return the elements
     */
    public List<String> list() {
        return Arrays.stream(value.split(","))
                .map(String::strip)
                .filter(element -> !element.isEmpty())
                .toList();
    }

    /**
     * One element of a list as a setting of its own.
     *
     * @param element the element
     * @return a setting of the same property and source
     */
    Setting element(String element) {
        return new Setting(property, source, element, secret);
    }

    @Override
    public String toString() {
        return property + "=" + shown() + " (" + source + ")";
    }
}
