package io.sluice.examples.syslog;

import java.util.List;

/**
 * One element of a message's structured data.
 *
 * @param id its name, such as {@code meta} or {@code exampleSDID@32473}
 * @param parameters its parameters; a name may occur more than once
 */
public record StructuredElement(String id, List<Parameter> parameters) {

    public StructuredElement {
        parameters = List.copyOf(parameters);
    }

    /**
     * A name and a value.
     *
     * @param name the name
     * @param value the value, without its escapes
     */
    public record Parameter(String name, String value) {}
}
