package io.sluice.internal.client;

import io.sluice.internal.config.ClientSettings;
import io.sluice.stream.SocketStream;
import io.sluice.stream.SocketStreamException;
import io.sluice.stream.SocketStreamException.Kind;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.commons.pool2.DestroyMode;
import org.apache.commons.pool2.PooledObject;
import org.apache.commons.pool2.PooledObjectFactory;
import org.apache.commons.pool2.impl.DefaultPooledObject;
import org.apache.commons.pool2.impl.GenericObjectPool;
import org.apache.commons.pool2.impl.GenericObjectPoolConfig;

/**
 * The connections of a client, lent to one caller at a time. The pool of Commons Pool holds {@link Place}s: places are made without I/O, so
 * that nobody in its queue waits for another caller's failing connection. Whoever gets an empty place opens a connection for it. The pool's
 * own timer thread is never started.
 *
 * @param <S> the stream class
 */
final class ConnectionPool<S extends SocketStream> {

    /** A place in the pool. */
    static final class Place<S extends SocketStream> {

        private Optional<Connection<S>> connection;

        private Place(Optional<Connection<S>> connection) {
            this.connection = connection;
        }

        Connection<S> connection() {
            return connection.orElseThrow();
        }
    }

    private final ConnectionSource<S> source;
    private final ClientSettings settings;
    private final GenericObjectPool<Place<S>> pool;

    /** A connection that was opened in advance, for the next place that is made. */
    private final AtomicReference<Optional<Connection<S>>> ready = new AtomicReference<>(Optional.empty());

    ConnectionPool(ConnectionSource<S> source) {
        this.source = source;
        this.settings = source.settings();
        GenericObjectPoolConfig<Place<S>> config = new GenericObjectPoolConfig<>();
        config.setMaxTotal(settings.pool().maxSize());
        config.setMaxIdle(settings.pool().maxSize());
        config.setMaxWait(settings.pool().maxWait());
        config.setFairness(true);
        config.setTestOnBorrow(true);
        config.setJmxEnabled(false);
        config.setNumTestsPerEvictionRun(-1);
        this.pool = new GenericObjectPool<>(new Places(), config);
        // Without a connection, a place that nobody uses is of no use.
        pool.setEvictionPolicy((eviction, place, idle) -> place.getObject()
                .connection
                .map(connection -> close(place.getObject(), source.defect(connection)))
                .orElse(true));
    }

    private boolean close(Place<S> place, Optional<Discard> defect) {
        defect.ifPresent(why -> source.close(place.connection(), why));
        return defect.isPresent();
    }

    /** Makes, tests and closes places, on the thread that asks. */
    private final class Places implements PooledObjectFactory<Place<S>> {

        @Override
        public PooledObject<Place<S>> makeObject() {
            return new DefaultPooledObject<>(new Place<>(ready.getAndSet(Optional.empty())));
        }

        @Override
        public boolean validateObject(PooledObject<Place<S>> pooled) {
            Place<S> place = pooled.getObject();
            return place.connection
                    .map(connection -> !close(place, source.defectBeforeUse(connection)))
                    .orElse(true);
        }

        @Override
        public void destroyObject(PooledObject<Place<S>> pooled) {
            pooled.getObject().connection.ifPresent(connection -> source.close(connection, Discard.END));
        }

        @Override
        public void activateObject(PooledObject<Place<S>> pooled) {}

        @Override
        public void passivateObject(PooledObject<Place<S>> pooled) {}
    }

    /** Takes a place with an open connection, which the caller gives back. */
    Place<S> take() throws SocketStreamException {
        Place<S> place = place();
        boolean isTaken = false;
        try {
            source.requireNotEnded();
            if (place.connection.isEmpty()) {
                place.connection = Optional.of(source.open());
            }
            source.figures().countLent();
            isTaken = true;
            return place;
        } finally {
            if (!isTaken) {
                remove(place, Discard.END);
            }
        }
    }

    private Place<S> place() throws SocketStreamException {
        source.requireNotEnded();
        try {
            return pool.borrowObject();
        } catch (NoSuchElementException e) {
            source.requireNotEnded();
            source.figures().countTimeout();
            throw new SocketStreamException(Kind.POOL_TIMEOUT, exhausted(), e);
        } catch (InterruptedException e) {
            source.requireNotEnded();
            Thread.currentThread().interrupt();
            throw new SocketStreamException(
                    Kind.INTERRUPTED,
                    "client '" + settings.name() + "': the thread was interrupted while it waited for a connection",
                    e);
        } catch (IllegalStateException e) {
            source.requireNotEnded();
            throw e;
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("the pool of client '" + settings.name() + "' failed", e);
        }
    }

    private String exhausted() {
        return "client '" + settings.name() + "': no connection was free within max-wait ("
                + settings.pool().maxWait().toMillis() + " ms). In use: " + pool.getNumActive() + " of "
                + settings.pool().maxSize() + ", waiting: " + pool.getNumWaiters()
                + ". Check whether the server answers slowly, and that each borrowed stream is closed. Otherwise set a"
                + " larger " + settings.property("max-size") + " or a longer " + settings.property("max-wait");
    }

    /** Gives a place back. Its connection is kept if the exchange is complete, and the connection still good. */
    void giveBack(Place<S> place, boolean complete) {
        Connection<S> connection = place.connection();
        Optional<Discard> defect =
                complete && connection.isOpen() ? source.defect(connection) : Optional.of(Discard.FAILED);
        if (defect.isPresent()) {
            remove(place, defect.get());
            return;
        }
        source.reset(connection.stream());
        connection.used();
        pool.returnObject(place);
    }

    private void remove(Place<S> place, Discard why) {
        place.connection.ifPresent(connection -> source.close(connection, why));
        try {
            pool.invalidateObject(place, DestroyMode.ABANDONED);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("the pool of client '" + settings.name() + "' failed", e);
        }
    }

    /** Closes the unused connections that are no longer good. */
    void evict() {
        try {
            pool.evict();
        } catch (IllegalStateException e) {
            source.hasEnded(); // Closed by now: nothing is left to look at.
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("the pool of client '" + settings.name() + "' failed", e);
        }
    }

    /** Whether a connection is to be opened in advance, or a preferred address tried again. */
    boolean lacksConnections() {
        return lacksIdle() || source.isAwayFromBest();
    }

    private boolean lacksIdle() {
        return pool.getNumIdle() < settings.pool().minIdle()
                && pool.getNumIdle() + pool.getNumActive() < settings.pool().maxSize();
    }

    /** Opens connections in advance, and finds out whether a preferred address works again. */
    void fill() throws SocketStreamException {
        if (source.isAwayFromBest()) {
            Optional<Connection<S>> better = source.openBetter();
            if (better.isPresent()) {
                evict();
                add(better.get());
            }
        }
        while (lacksIdle() && !source.hasEnded()) {
            add(source.open());
        }
    }

    /** Puts a connection into the pool, or closes it if all places are taken. */
    private void add(Connection<S> connection) {
        ready.getAndSet(Optional.of(connection)).ifPresent(other -> source.close(other, Discard.IDLE));
        try {
            pool.addObject();
        } catch (IllegalStateException e) {
            source.hasEnded(); // Closed by now: the connection is closed below.
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("the pool of client '" + settings.name() + "' failed", e);
        }
        ready.getAndSet(Optional.empty()).ifPresent(other -> source.close(other, Discard.IDLE));
    }

    int active() {
        return pool.getNumActive();
    }

    int idle() {
        return pool.getNumIdle();
    }

    int waiting() {
        return pool.getNumWaiters();
    }

    /** Ends all waits, and closes the unused connections. */
    void close() {
        pool.close();
        ready.getAndSet(Optional.empty()).ifPresent(other -> source.close(other, Discard.END));
    }
}
