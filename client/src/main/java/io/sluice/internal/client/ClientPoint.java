package io.sluice.internal.client;

import io.sluice.client.MessageClient;
import io.sluice.client.SocketClient;
import io.sluice.client.StreamClient;
import io.sluice.internal.cdi.container.PointType;
import jakarta.enterprise.inject.spi.InjectionPoint;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Optional;

/**
 * An injection point that asks for a client.
 *
 * @param name the client's name
 * @param type the requested type, such as {@code StreamClient<LabStream>}
 * @param kind {@code StreamClient} or {@code MessageClient}
 * @param argument the type argument; empty if the type is raw
 * @param place where it is, for messages
 */
record ClientPoint(String name, Type type, Class<?> kind, Optional<Type> argument, String place) {

    static Optional<ClientPoint> of(InjectionPoint point) {
        Type type = PointType.of(point).type();
        Type raw = type instanceof ParameterizedType generic ? generic.getRawType() : type;
        if (raw != StreamClient.class && raw != MessageClient.class) {
            return Optional.empty();
        }
        Optional<Type> argument = type instanceof ParameterizedType generic
                ? Optional.of(generic.getActualTypeArguments()[0])
                : Optional.empty();
        return point.getQualifiers().stream()
                .filter(SocketClient.class::isInstance)
                .map(SocketClient.class::cast)
                .findFirst()
                .map(client -> new ClientPoint(client.value(), type, (Class<?>) raw, argument, PointType.place(point)));
    }

    /** The qualifier as it is written in code, with the place. */
    String description() {
        return "@SocketClient(\"" + name + "\") at " + place;
    }
}
