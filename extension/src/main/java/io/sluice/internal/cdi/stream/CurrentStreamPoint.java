package io.sluice.internal.cdi.stream;

import io.sluice.internal.cdi.container.PointType;
import io.sluice.stream.SocketStream;
import jakarta.enterprise.inject.Default;
import jakarta.enterprise.inject.spi.InjectionPoint;
import java.util.Optional;

/**
 * An injection point of the current stream: a stream class without a qualifier.
 *
 * @param type the stream class
 * @param required whether it must be satisfied: not at an {@code Instance}
 * @param place where it is, for messages
 */
public record CurrentStreamPoint(Class<? extends SocketStream> type, boolean required, String place) {

    public static Optional<CurrentStreamPoint> of(InjectionPoint point) {
        PointType asked = PointType.of(point);
        return asked.type() instanceof Class<?> type
                        && SocketStream.class.isAssignableFrom(type)
                        && point.getQualifiers().contains(Default.Literal.INSTANCE)
                ? Optional.of(new CurrentStreamPoint(
                        type.asSubclass(SocketStream.class), asked.required(), PointType.place(point)))
                : Optional.empty();
    }
}
