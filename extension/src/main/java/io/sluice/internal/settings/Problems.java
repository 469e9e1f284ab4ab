package io.sluice.internal.settings;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Collects problems, so that all are reported at once: errors, which stop a deployment, and warnings. Not thread-safe. */
public final class Problems {

    private final List<Problem> errors = new ArrayList<>();
    private final List<Problem> warnings = new ArrayList<>();

    /** Creates an empty collection. */
    public Problems() {}

    /**
     * Adds an error.
     *
     * @param problem what is wrong
     */
    public void error(Problem problem) {
        if (!errors.contains(problem)) {
            errors.add(problem);
        }
    }

    /**
     * Adds an error with a value.
     *
     * @param setting the property and its value's source
     * @param fault what is wrong
     * @param remedy what to do
     */
    public void error(Setting setting, String fault, String remedy) {
        error(Problem.of(setting, fault, remedy));
    }

    /**
     * Adds a warning.
     *
     * @param problem what is doubtful
     */
    public void warn(Problem problem) {
        if (!warnings.contains(problem)) {
            warnings.add(problem);
        }
    }

    /**
     * Adds a warning about a value.
     *
     * @param setting the property and its value's source
     * @param fault what is doubtful
     * @param remedy what to do
     */
    public void warn(Setting setting, String fault, String remedy) {
        warn(Problem.of(setting, fault, remedy));
    }

    /**
     * Adds the problems of another collection.
     *
     * @param others errors and warnings
     */
    public void addAll(Problems others) {
        others.errors.forEach(this::error);
        others.warnings.forEach(this::warn);
    }

    /**
     * Returns the errors, in the order found.
     *
     * @return a copy
     */
    public List<Problem> errors() {
        return List.copyOf(errors);
    }

    /**
     * Returns the warnings, in the order found.
     *
     * @return a copy
     */
    public List<Problem> warnings() {
        return List.copyOf(warnings);
    }

    /**
     * Returns whether there is an error. Warnings do not count.
     *
     * @return true if there is one
     */
    public boolean hasErrors() {
        return !errors.isEmpty();
    }

    @Override
    public String toString() {
        return errors.stream().map(Problem::message).collect(Collectors.joining(System.lineSeparator()));
    }
}
