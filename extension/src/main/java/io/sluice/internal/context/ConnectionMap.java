package io.sluice.internal.context;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.WeakHashMap;

/**
 * The findings of handshakes, kept as long as their engines or sockets live. The session would be the obvious place. But if a session
 * has values, JSSE issues no stateless ticket for it: it keeps the session in memory, or does not resume it at all. Thread-safe.
 *
 * @param <T> the finding; it must not refer to the engine or the socket
 */
final class ConnectionMap<T> {

    /** Engines and sockets are equal only if they are identical. */
    private final Map<Object, T> values = Collections.synchronizedMap(new WeakHashMap<>());

    void put(Object connection, T value) {
        values.put(connection, value);
    }

    Optional<T> get(Object connection) {
        return Optional.ofNullable(values.get(connection));
    }
}
