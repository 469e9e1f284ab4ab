package io.sluice.internal.cdi.event;

import io.sluice.event.ConnectionAccepted;
import io.sluice.event.ConnectionEnded;
import io.sluice.event.ConnectionEvent;
import io.sluice.event.ConnectionListener;
import io.sluice.event.ConnectionRefused;
import io.sluice.event.HandshakeCompleted;
import io.sluice.event.HandshakeFailed;
import io.sluice.event.HandshakeStarted;
import io.sluice.internal.cdi.container.ActiveRequest;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.ObserverMethod;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Fires the events that the application observes. */
final class CdiObservers implements ConnectionListener {

    private static final Logger LOG = System.getLogger(CdiObservers.class.getName());

    private final BeanManager beans;
    private final Set<Class<?>> observed = new HashSet<>();
    private final Set<Class<?>> observedAsynchronously = new HashSet<>();

    /** Looks up the observers, which the container knows by now. */
    CdiObservers(BeanManager beans) {
        this.beans = beans;
        for (Occurrence sample : Occurrence.samples()) {
            for (ObserverMethod<?> method : beans.resolveObserverMethods(sample)) {
                if (method.getObservedType() instanceof Class<?> type && ConnectionEvent.class.isAssignableFrom(type)) {
                    (method.isAsync() ? observedAsynchronously : observed).add(sample.type());
                }
            }
        }
    }

    boolean isEmpty() {
        return observed.isEmpty() && observedAsynchronously.isEmpty();
    }

    @Override
    public void accepted(ConnectionAccepted event) {
        fire(ConnectionAccepted.class, event);
    }

    @Override
    public void refused(ConnectionRefused event) {
        fire(ConnectionRefused.class, event);
    }

    @Override
    public void handshakeStarted(HandshakeStarted event) {
        fire(HandshakeStarted.class, event);
    }

    @Override
    public void handshakeCompleted(HandshakeCompleted event) {
        fire(HandshakeCompleted.class, event);
    }

    @Override
    public void handshakeFailed(HandshakeFailed event) {
        fire(HandshakeFailed.class, event);
    }

    @Override
    public void ended(ConnectionEnded event) {
        fire(ConnectionEnded.class, event);
    }

    private <E extends ConnectionEvent> void fire(Class<E> type, E event) {
        if (observedAsynchronously.contains(type)) {
            fireAsynchronously(type, event);
        }
        if (observed.contains(type)) {
            ActiveRequest request = ActiveRequest.begin(beans);
            try {
                beans.getEvent().select(type).fire(event);
            } finally {
                request.end();
            }
        }
    }

    private <E extends ConnectionEvent> void fireAsynchronously(Class<E> type, E event) {
        try {
            beans.getEvent().select(type).fireAsync(event).whenComplete((fired, failure) -> logFailure(type, failure));
        } catch (RuntimeException | Error e) { // A server's executor may refuse the task.
            logFailure(type, e);
        }
    }

    private static void logFailure(Class<?> type, @Nullable Throwable failure) {
        if (failure != null) {
            LOG.log(Level.WARNING, "an asynchronous observer of " + type.getSimpleName() + " failed", failure);
        }
    }
}
