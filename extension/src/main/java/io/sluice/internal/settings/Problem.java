package io.sluice.internal.settings;

import java.util.Optional;

/**
 * What is wrong with a property, and what to do. Holds no secret.
 *
 * @param property the property's name
 * @param source the config source of its value; empty if it is not set
 * @param fault what is wrong
 * @param remedy what to do
 */
public record Problem(String property, Optional<String> source, String fault, String remedy) {

    /**
     * A problem with a value.
     *
     * @param setting the property and its value's source
     * @param fault what is wrong
     * @param remedy what to do
     * @return the problem
     */
    public static Problem of(Setting setting, String fault, String remedy) {
        return new Problem(setting.property(), Optional.of(setting.source()), fault, remedy);
    }

    /**
     * A property that is not set.
     *
     * @param property the property's name
     * @param fault what is wrong
     * @param remedy what to do
     * @return the problem
     */
    public static Problem unset(String property, String fault, String remedy) {
        return new Problem(property, Optional.empty(), fault, remedy);
    }

    /**
     * One sentence for each: the property with its source and what is wrong, and what to do.
     *
     * @return the message
     */
    public String message() {
        String origin = source.map(name -> "from " + name).orElse("not set");
        return property + " (" + origin + "): " + fault + ". " + remedy + ".";
    }
}
