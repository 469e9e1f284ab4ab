package io.sluice.internal.cdi.scope;

import io.sluice.server.ConnectionScoped;
import io.sluice.stream.SocketStream;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.context.Destroyed;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.inject.spi.BeanManager;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.annotation.Annotation;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Fires the events of a connection's scope. Observers, which are rare, are looked up once per stream class. Thread-safe. */
final class ScopeEvents {

    static final Annotation INITIALIZED = Initialized.Literal.of(ConnectionScoped.class);
    static final Annotation BEFORE_DESTROYED = BeforeDestroyed.Literal.of(ConnectionScoped.class);
    static final Annotation DESTROYED = Destroyed.Literal.of(ConnectionScoped.class);

    private static final Logger LOG = System.getLogger(ScopeEvents.class.getName());

    private final BeanManager beans;
    private final Map<Class<?>, Set<Annotation>> observed = new ConcurrentHashMap<>();

    ScopeEvents(BeanManager beans) {
        this.beans = beans;
    }

    void fire(Annotation qualifier, SocketStream stream) {
        Set<Annotation> known = observed.get(stream.getClass());
        if (known == null) {
            known = observedQualifiers(stream);
            observed.put(stream.getClass(), known);
        }
        if (known.contains(qualifier)) {
            beans.getEvent().select(SocketStream.class, qualifier).fire(stream);
        }
    }

    private Set<Annotation> observedQualifiers(SocketStream stream) {
        return Stream.of(INITIALIZED, BEFORE_DESTROYED, DESTROYED)
                .filter(qualifier ->
                        !beans.resolveObserverMethods(stream, qualifier).isEmpty())
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Fires an event of the end, and logs what an observer throws. */
    void fireQuietly(Annotation qualifier, SocketStream stream) {
        try {
            fire(qualifier, stream);
        } catch (RuntimeException | Error e) {
            LOG.log(Level.WARNING, stream + ": an observer of " + qualifier + " failed", e);
        }
    }
}
