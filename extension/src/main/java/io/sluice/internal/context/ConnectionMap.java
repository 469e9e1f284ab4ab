package io.sluice.internal.context;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.WeakHashMap;

/**
 * What a handshake found out, kept with its engine or socket for as long as that lives. The session would be the obvious place, but JSSE
 * issues no stateless ticket for a session that has values: it then keeps the session in memory, or does not resume it at all. Safe for
 * use by several threads.
 *
 * @param <T> what is kept; it must not refer to the engine or the socket
 */
final class ConnectionMap<T> {

    /** Neither engines nor sockets have an equality other than their identity. */
    private final Map<Object, T> values = Collections.synchronizedMap(new WeakHashMap<>());

    void put(Object connection, T value) {
        values.put(connection, value);
    }

    Optional<T> get(Object connection) {
        return Optional.ofNullable(values.get(connection));
    }
}
