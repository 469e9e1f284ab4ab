package io.sluice.internal.settings;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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
    private static final Pattern BESIDE_A_BLOCK =
            Pattern.compile("(?<=-----)(?:\\s|\\\\+[rnt])*,|,(?=(?:\\s|\\\\+[rnt])*-----BEGIN )");

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
     * A list whose elements were given one by one.
     *
     * @param property the property's name
     * @param source the config source
     * @param elements the elements; {@link #list} gives them back, but for empty ones and the blanks around
     * @return the setting
     */
    public static Setting ofList(String property, String source, List<String> elements) {
        return of(
                property,
                source,
                elements.stream().map(element -> element.replace(",", "\\,")).collect(Collectors.joining(",")));
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
        String kind = Location.isInlinePem(value)
                ? "inline PEM"
                : Location.isBase64(value) ? "inline base64" : Location.isBareMaterial(value) ? "inline text" : "";
        return kind.isEmpty()
                ? "'" + value + "'"
                : String.format(Locale.ROOT, "%s (%,d characters)", kind, value.length());
    }

    /**
     * The value as a list, split at commas, without the blanks around and without empty elements. A comma behind a backslash is
     * part of its element. So is one in the text that stands around inline PEM: there a comma separates only next to a block.
     *
     * @return the elements
     */
    public List<String> list() {
        return Location.isInlinePem(value)
                ? BESIDE_A_BLOCK.splitAsStream(value).flatMap(Setting::elements).toList()
                : elements(value).toList();
    }

    private static Stream<String> elements(String value) {
        if (Location.isInlinePem(value)) {
            return Stream.of(value.replace("\\,", ","));
        }
        return Arrays.stream(value.split("(?<!\\\\),"))
                .map(element -> element.replace("\\,", ",").strip())
                .filter(element -> !element.isEmpty());
    }

    /**
     * One element of a list as a setting of its own.
     *
     * @param element the element
     * @return a setting of the same property and source
     */
    public Setting element(String element) {
        return new Setting(property, source, element, secret);
    }

    @Override
    public String toString() {
        return property + "=" + shown() + " (" + source + ")";
    }
}
