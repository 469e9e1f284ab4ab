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

/** The context of {@link ConnectionScoped} in one container: the beans of the connection that the thread is in. Thread-safe. */
public final class ConnectionScopedContext implements AlterableContext {

    private final ScopeEvents events;
    private final Set<ConnectionScope> lingering = ConcurrentHashMap.newKeySet();

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
                    "this thread is in no connection: @ConnectionScoped beans and the current"
                            + " SocketStream are for endpoints, functions of servers, and tasks run by stream.inConnection");
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
        ScopedInstances made = current().made();
        return made == null ? null : made.get(bean);
    }

    @Override
    public void destroy(Contextual<?> bean) {
        ScopedInstances made = current().made();
        if (made != null) {
            made.destroy(bean);
        }
    }

    public <S extends SocketStream> S stream(Class<S> type) {
        SocketStream stream = current().stream();
        if (!type.isInstance(stream)) {
            throw new IllegalStateException("the current connection's stream is a "
                    + stream.getClass().getName() + ", and a " + type.getName()
                    + " is injected. Inject SocketStream where several stream classes are served");
        }
        return type.cast(stream);
    }

    /** A scope whose stream is closed, and which may still have threads in it. */
    void lingers(ConnectionScope scope) {
        lingering.add(scope);
    }

    void lingersNoMore(ConnectionScope scope) {
        lingering.remove(scope);
    }

    /** Ends what threads have not left although the container stops. */
    public void stop() {
        List.copyOf(lingering).forEach(ConnectionScope::endNow);
    }
}
