package io.sluice.internal.client;

import io.sluice.internal.config.ClientSettings;
import io.sluice.stream.SocketStreamException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A client of a running application, with what keeps its connections.
 *
 * @param face what is injected
 * @param source opens its connections
 * @param pool keeps them; empty if there is one shared connection
 * @param shared keeps the shared connection; empty if there is a pool
 * @param filling whether a thread is opening connections in advance
 */
record RunningClient(
        Object face,
        ConnectionSource<?> source,
        Optional<ConnectionPool<?>> pool,
        Optional<SharedMessageClient<?>> shared,
        AtomicBoolean filling) {

    private static final Logger LOG = System.getLogger(RunningClient.class.getName());

    static RunningClient ofPool(Object face, ConnectionSource<?> source, ConnectionPool<?> pool) {
        return new RunningClient(face, source, Optional.of(pool), Optional.empty(), new AtomicBoolean());
    }

    static RunningClient ofShared(SharedMessageClient<?> face, ConnectionSource<?> source) {
        return new RunningClient(face, source, Optional.empty(), Optional.of(face), new AtomicBoolean());
    }

    ClientSettings settings() {
        return source.settings();
    }

    /** Closes unused connections that are no longer good. */
    void evict() {
        pool.ifPresent(ConnectionPool::evict);
        shared.ifPresent(SharedMessageClient::evict);
    }

    boolean lacksConnections() {
        return pool.filter(ConnectionPool::lacksConnections).isPresent();
    }

    /** Opens connections in advance. Those who need one report the failures. */
    void fill() {
        try {
            if (pool.isPresent()) {
                pool.get().fill();
            }
        } catch (SocketStreamException e) {
            LOG.log(Level.DEBUG, () -> "client '" + settings().name() + "': no connection in advance", e);
        } finally {
            filling.set(false);
        }
    }

    void end() {
        source.end();
        pool.ifPresent(ConnectionPool::close);
        source.closeAll();
    }
}
