package io.sluice.cdi;

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
record StreamPoint(Class<? extends SocketStream> type, boolean required, String place) {

    static Optional<StreamPoint> of(InjectionPoint point) {
        PointType asked = PointType.of(point);
        return asked.type() instanceof Class<?> type
                        && SocketStream.class.isAssignableFrom(type)
                        && point.getQualifiers().contains(Default.Literal.INSTANCE)
                ? Optional.of(new StreamPoint(
                        type.asSubclass(SocketStream.class), asked.required(), ContextPoint.place(point)))
                : Optional.empty();
    }
}
