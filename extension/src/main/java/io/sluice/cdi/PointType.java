package io.sluice.cdi;

import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.spi.InjectionPoint;
import jakarta.inject.Provider;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;

/**
 * What an injection point asks for.
 *
 * @param type what is injected, behind a {@code Provider} or {@code Instance} what that gives
 * @param required whether it must be satisfied: not at an {@code Instance}
 */
record PointType(Type type, boolean required) {

    static PointType of(InjectionPoint point) {
        if (point.getType() instanceof ParameterizedType generic
                && (generic.getRawType() == Instance.class || generic.getRawType() == Provider.class)) {
            return new PointType(generic.getActualTypeArguments()[0], generic.getRawType() == Provider.class);
        }
        return new PointType(point.getType(), true);
    }
}
