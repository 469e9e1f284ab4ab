package io.sluice.internal.cdi.context;

import io.sluice.context.SslContext;
import io.sluice.internal.cdi.container.PointType;
import io.sluice.internal.settings.ContextName;
import jakarta.enterprise.inject.spi.InjectionPoint;
import java.lang.reflect.Type;
import java.util.Optional;

/**
 * An injection point qualified with {@link SslContext}.
 *
 * @param name the context's name
 * @param type the injected type; for a {@code Provider} or {@code Instance}, its type argument
 * @param required whether it must be satisfied, which an {@code Instance} need not be
 * @param place its place in the code, for messages
 */
public record ContextPoint(String name, Type type, boolean required, String place) {

    public static Optional<ContextPoint> of(InjectionPoint point) {
        return point.getQualifiers().stream()
                .filter(SslContext.class::isInstance)
                .map(qualifier -> of(((SslContext) qualifier).value(), point))
                .findFirst();
    }

    private static ContextPoint of(String name, InjectionPoint point) {
        PointType asked = PointType.of(point);
        return new ContextPoint(name, asked.type(), asked.required(), PointType.place(point));
    }

    /** The injection point in the words of a message. */
    public String description() {
        String simple = type instanceof Class<?> plain ? plain.getSimpleName() : type.getTypeName();
        return ContextName.qualifier(name) + " " + simple + " at " + place;
    }
}
