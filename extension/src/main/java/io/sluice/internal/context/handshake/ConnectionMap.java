package io.sluice.internal.context.handshake;

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
public final class ConnectionMap<T> {

    /** Engines and sockets are equal only if they are identical. */
    private final Map<Object, T> values = Collections.synchronizedMap(new WeakHashMap<>());

    /** Nothing kept yet. */
    public ConnectionMap() {}

    /**
     * Keeps a finding.
     *
     * @param connection the engine or the socket, or an engine that stands for another one
     * @param value the finding
     */
    public void put(Object connection, T value) {
        values.put(real(connection), value);
    }

    /**
     * Finds a finding.
     *
     * @param connection the engine or the socket, or an engine that stands for another one
     * @return the finding; empty if there is none
     */
    public Optional<T> get(Object connection) {
        return Optional.ofNullable(values.get(real(connection)));
    }

    /** What key and trust managers see. */
    private static Object real(Object connection) {
        Object real = connection;
        while (real instanceof LateModeEngine sided) {
            real = sided.inner();
        }
        return real;
    }
}
