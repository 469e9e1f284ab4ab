package io.sluice.internal.cdi.scope;

import io.sluice.server.ConnectionScoped;
import io.sluice.stream.SocketStream;
import jakarta.enterprise.context.ContextNotActiveException;
import jakarta.enterprise.context.spi.AlterableContext;
import jakarta.enterprise.context.spi.Contextual;
import jakarta.enterprise.context.spi.CreationalContext;
import jakarta.enterprise.inject.spi.BeanManager;
import java.lang.annotation.Annotation;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The context of {@link ConnectionScoped} in one container. It gives the beans of the thread's current connection. Thread-safe. */
public final class ConnectionScopedContext implements AlterableContext {

    private final ScopeEvents events;
    private final Set<ConnectionScope> closing = ConcurrentHashMap.newKeySet();

    public ConnectionScopedContext(BeanManager beans) {
        this.events = new ScopeEvents(beans);
    }

    ScopeEvents events() {
        return events;
    }

    @Override
    public Class<? extends Annotation> getScope() {
        return ConnectionScoped.class;
    }

    @Override
    public boolean isActive() {
        ConnectionScope current = ScopeActivation.current(this);
        return current != null && !current.isEnded();
    }

    private ConnectionScope current() {
        ConnectionScope current = ScopeActivation.current(this);
        if (current == null) {
            throw new ContextNotActiveException(
                    "this thread is not in a connection: @ConnectionScoped beans and the current"
                            + " SocketStream are available in endpoints, functions of servers, and tasks of"
                            + " stream.inConnection");
        }
        if (current.isEnded()) {
            throw new ContextNotActiveException(current.stream() + ": the connection has ended");
        }
        return current;
    }

    @Override
    public <T> @Nullable T get(Contextual<T> bean, @Nullable CreationalContext<T> context) {
        return context == null ? get(bean) : current().instances().get(bean, context);
    }

    @Override
    public <T> @Nullable T get(Contextual<T> bean) {
        ScopedInstances instances = current().existingInstances();
        return instances == null ? null : instances.get(bean);
    }

    @Override
    public void destroy(Contextual<?> bean) {
        ScopedInstances instances = current().existingInstances();
        if (instances != null) {
            instances.destroy(bean);
        }
    }

    public <S extends SocketStream> S stream(Class<S> type) {
        SocketStream stream = current().stream();
        if (!type.isInstance(stream)) {
            throw new IllegalStateException("the current connection's stream is a "
                    + stream.getClass().getName() + ", but the injected type is " + type.getName()
                    + ". If several stream classes are served, inject SocketStream");
        }
        return type.cast(stream);
    }

    /** Notes a scope whose stream is closed, but which may still have threads in it. */
    void addClosing(ConnectionScope scope) {
        closing.add(scope);
    }

    void removeClosing(ConnectionScope scope) {
        closing.remove(scope);
    }

    /** Ends the scopes that threads have not left when the container stops. */
    public void stop() {
        List.copyOf(closing).forEach(ConnectionScope::endNow);
    }
}
