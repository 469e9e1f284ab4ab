package io.sluice.internal.client;

import io.sluice.client.StreamClient;
import io.sluice.stream.SocketStream;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Optional;

/**
 * A client as the injection points ask for it.
 *
 * @param name its name
 * @param points its points; at least one
 */
record ClientDeclaration(String name, List<ClientPoint> points) {

    /** Copies the list. */
    ClientDeclaration {
        points = List.copyOf(points);
    }

    private ClientPoint first() {
        return points.get(0);
    }

    String description() {
        return first().description();
    }

    boolean isOfStreams() {
        return first().kind() == StreamClient.class;
    }

    /** The type of the streams or of the messages. */
    Optional<Type> argument() {
        return first().argument();
    }

    /** The class of the streams; empty if the points name none. */
    Optional<Class<? extends SocketStream>> streamClass() {
        if (!isOfStreams()) {
            return Optional.of(SocketStream.class);
        }
        return argument()
                .filter(Class.class::isInstance)
                .map(type -> (Class<?>) type)
                .filter(SocketStream.class::isAssignableFrom)
                .map(type -> type.asSubclass(SocketStream.class));
    }

    /** A point of another type than the first one. */
    Optional<ClientPoint> contradiction() {
        return points.stream()
                .filter(point -> !point.type().equals(first().type()))
                .findFirst();
    }
}
