package io.sluice.internal.metrics;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The values of a metric's attributes.
 *
 * @param values a value for each attribute, in the metric's order; null if it does not apply; unmodifiable
 */
public record Labels(List<@Nullable String> values) {

    /**
     * Makes labels.
     *
     * @param values a value for each attribute, in the metric's order; null if it does not apply
     * @return the labels
     */
    public static Labels of(@Nullable String... values) {
        return new Labels(Collections.unmodifiableList(Arrays.asList(values)));
    }
}
