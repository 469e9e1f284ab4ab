package io.sluice.internal.settings;

import java.util.Optional;

/**
 * A problem with a property, and its remedy. Contains no secret.
 *
 * @param property the property's name
 * @param source the config source of its value; empty if it is not set
 * @param fault what is wrong
 * @param remedy what to do
 * @param mayPass whether it may be a matter of moments, because half of a pair has been replaced
 */
public record Problem(String property, Optional<String> source, String fault, String remedy, boolean mayPass) {

    /**
     * Creates a problem that stays until somebody solves it.
     *
     * @param property the property's name
     * @param source the config source of its value; empty if it is not set
     * @param fault what is wrong
     * @param remedy what to do
     */
    public Problem(String property, Optional<String> source, String fault, String remedy) {
        this(property, source, fault, remedy, false);
    }

    /**
     * Creates a problem that may be a matter of moments.
     *
     * @return this problem, marked
     */
    public Problem thatMayPass() {
        return new Problem(property, source, fault, remedy, true);
    }

    /**
     * Creates a problem with a value.
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
     * Creates a problem with a property that is not set.
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
     * Returns the message: one sentence with the property, its source and the fault, and one with the remedy.
     *
     * @return the message
     */
    public String message() {
        String origin = source.map(name -> "from " + name).orElse("not set");
        return property + " (" + origin + "): " + fault + ". " + remedy + ".";
    }
}
