package io.sluice.internal.material;

import io.sluice.internal.settings.Setting;

/**
 * An object with the place that it was read from.
 *
 * @param <T> its type
 * @param object a certificate or a revocation list
 * @param source a location, or the property that holds the object itself
 */
public record Sourced<T>(T object, String source) {

    static <T> Sourced<T> of(T object, Setting setting) {
        return new Sourced<>(object, setting.origin());
    }
}
