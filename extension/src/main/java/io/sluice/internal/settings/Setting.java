package io.sluice.internal.settings;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A configured value and its source. Immutable.
 *
 * @param property the property's name
 * @param source the config source of the value
 * @param value the value, which no message shows if it is secret or inline material
 * @param secret whether the value is secret
 */
public record Setting(String property, String source, String value, boolean secret) {

    private static final String MASK = "********";
    private static final Pattern BESIDE_A_BLOCK =
            Pattern.compile("(?<=-----)(?:\\s|\\\\+[rnt])*,|,(?=(?:\\s|\\\\+[rnt])*-----BEGIN )");

    /**
     * Creates a setting that messages may show, unless it is inline material.
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
     * Creates a secret setting.
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
     * Creates a list from its elements.
     *
     * @param property the property's name
     * @param source the config source
     * @param elements the elements; {@link #list} returns them, without empty ones and surrounding blanks
     * @return the setting
     */
    public static Setting ofList(String property, String source, List<String> elements) {
        return of(
                property,
                source,
                elements.stream().map(element -> element.replace(",", "\\,")).collect(Collectors.joining(",")));
    }

    /**
     * Returns the value for a message: quoted, masked if secret, and described if it is inline material.
     *
     * @return the text
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
     * Returns where the material that this setting names comes from.
     *
     * @return the location, or the property's name if the value is the material itself
     */
    public String origin() {
        boolean isLocation =
                !secret && !Location.isInlinePem(value) && !Location.isBase64(value) && !Location.isBareMaterial(value);
        return isLocation ? value : property;
    }

    /**
     * Returns the value as a list, split at commas, without surrounding blanks and empty elements. A comma after a backslash is part
     * of its element. A comma in the text around inline PEM separates elements only next to a block.
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
     * Returns one element of a list as a setting of its own.
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
