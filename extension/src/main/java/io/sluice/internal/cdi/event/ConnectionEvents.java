package io.sluice.internal.cdi.event;

import io.sluice.context.SslSide;
import io.sluice.event.ConnectionListener;
import io.sluice.event.ConnectionRefused.Limit;
import io.sluice.internal.context.ApplicationThreads;
import io.sluice.internal.jfr.FlightEvents;
import io.sluice.internal.journal.Failure;
import io.sluice.internal.journal.Failure.Place;
import io.sluice.internal.journal.FailureJournal;
import io.sluice.internal.journal.RemotePeer;
import io.sluice.internal.trace.ConnectionTracer;
import io.sluice.server.ConnectionFailed;
import io.sluice.server.ServerObserver;
import io.sluice.stream.ObservedConnection;
import io.sluice.stream.SocketStreamException;
import io.sluice.stream.StreamObserver;
import jakarta.enterprise.context.spi.CreationalContext;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The events of the connections of one container. Each listener, and all observers together, get them on a thread of their own. Nothing is
 * made unless somebody listens or records. Thread-safe.
 */
public final class ConnectionEvents implements StreamObserver, ServerObserver {

    /** A receiver, with the context of its reference if it has one. */
    private record Listening(
            EventDelivery delivery, @Nullable CreationalContext<?> context) {

        void end(long deadline) {
            delivery.awaitEnd(deadline);
            try {
                if (context != null) {
                    context.release();
                }
            } catch (RuntimeException | Error e) {
                LOG.log(Level.WARNING, "the end of a listener of connection events failed", e);
            }
        }
    }

    private static final Logger LOG = System.getLogger(ConnectionEvents.class.getName());
    private static final long STOP_LIMIT = TimeUnit.SECONDS.toNanos(1);

    private final BeanManager beans;
    private final FailureJournal journal;
    private final AtomicLong numbers = new AtomicLong();
    private volatile List<Listening> listening = List.of();
    private volatile @Nullable ConnectionTracer tracer;

    /**
     * Sends nothing until {@link #start}.
     *
     * @param beans the container
     * @param journal explains failures, and checks what succeeds
     */
    public ConnectionEvents(BeanManager beans, FailureJournal journal) {
        this.beans = beans;
        this.journal = journal;
    }

    /**
     * Begins to deliver events, if the application has listeners or observers.
     *
     * @param managed finds the thread factory of a server that manages threads
     */
    public void start(Supplier<Optional<ThreadFactory>> managed) {
        tracer = tracer();
        Set<Bean<?>> listeners = beans.getBeans(ConnectionListener.class, Any.Literal.INSTANCE);
        CdiObservers observers = new CdiObservers(beans);
        if (listeners.isEmpty() && observers.isEmpty()) {
            return;
        }
        ThreadFactory threads =
                new ApplicationThreads(managed.get(), "sluice-events", "events of connections are delivered");
        List<Listening> started = new ArrayList<>();
        try {
            for (Bean<?> bean : listeners) {
                started.add(listening(bean, threads));
            }
            if (!observers.isEmpty()) {
                EventDelivery delivery = new EventDelivery("an observer of connection events", observers, threads);
                started.add(new Listening(delivery, null));
            }
        } catch (RuntimeException | Error e) {
            stop(started);
            throw e;
        }
        listening = List.copyOf(started);
    }

    private @Nullable ConnectionTracer tracer() {
        Bean<?> bean = beans.resolve(beans.getBeans(ConnectionTracer.class));
        return bean == null
                ? null
                : new GuardedTracer((ConnectionTracer)
                        beans.getReference(bean, ConnectionTracer.class, beans.createCreationalContext(bean)));
    }

    private Listening listening(Bean<?> bean, ThreadFactory threads) {
        CreationalContext<?> context = beans.createCreationalContext(bean);
        try {
            ConnectionListener listener =
                    (ConnectionListener) beans.getReference(bean, ConnectionListener.class, context);
            String name = "the listener " + bean.getBeanClass().getName();
            return new Listening(new EventDelivery(name, listener, threads), context);
        } catch (RuntimeException | Error e) {
            context.release();
            throw e;
        }
    }

    /** Delivers what has happened, within a second, and ends. Never throws. */
    public void stop() {
        List<Listening> known = listening;
        listening = List.of();
        stop(known);
    }

    private static void stop(List<Listening> known) {
        known.forEach(one -> one.delivery().stop());
        long deadline = System.nanoTime() + STOP_LIMIT;
        known.forEach(one -> one.end(deadline));
    }

    private boolean isWanted() {
        return journal.isOn()
                || journal.reportOnly().isAny()
                || !listening.isEmpty()
                || tracer != null
                || FlightEvents.recordsConnections();
    }

    private void send(Supplier<Occurrence> event) {
        List<Listening> receivers = listening;
        if (!receivers.isEmpty()) {
            Occurrence made = event.get();
            receivers.forEach(receiver -> receiver.delivery().accept(made));
        }
    }

    private TrackedConnection track(Optional<String> server, SocketAddress peer) {
        return new TrackedConnection(numbers.incrementAndGet(), server, peer, this::send, journal, tracer);
    }

    @Override
    public @Nullable ObservedConnection opened(InetSocketAddress peer) {
        return isWanted() ? track(Optional.empty(), peer) : null;
    }

    @Override
    public void notConnected(Optional<String> context, SslSide side, String peer, SocketStreamException condition) {
        journal.add(new Failure(
                new Place(context, Optional.empty(), side), RemotePeer.of(peer), null, condition, Duration.ZERO, null));
    }

    @Override
    public @Nullable ObservedConnection accepted(String server, SocketAddress peer) {
        if (!isWanted()) {
            return null;
        }
        TrackedConnection connection = track(Optional.of(server), peer);
        connection.accepted();
        return connection;
    }

    @Override
    public void refused(ObservedConnection connection, Limit limit) {
        ((TrackedConnection) connection).refused(limit);
    }

    @Override
    public void failed(ConnectionFailed failure) {
        beans.getEvent().select(ConnectionFailed.class).fire(failure);
    }
}
