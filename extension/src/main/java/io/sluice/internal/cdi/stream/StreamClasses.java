package io.sluice.internal.cdi.stream;

import io.sluice.internal.cdi.container.Archives;
import io.sluice.internal.cdi.container.ContainerExceptions;
import io.sluice.internal.cdi.scope.ConnectionScope;
import io.sluice.internal.cdi.scope.ConnectionScopedContext;
import io.sluice.stream.Initargs;
import io.sluice.stream.SocketStream;
import io.sluice.stream.StreamConnection;
import io.sluice.stream.StreamInstantiator;
import jakarta.enterprise.context.spi.CreationalContext;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.InjectionPoint;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Makes instances of stream classes: what the container knows of each is found out once. Thread-safe. */
public final class StreamClasses implements StreamInstantiator {

    private final BeanManager beans;
    private final Archives archives;
    private final ConnectionScopedContext connections;
    private final FoundStreams discovered;
    private final Map<Class<?>, StreamClass<?>> known = new ConcurrentHashMap<>();

    public StreamClasses(
            BeanManager beans, FoundStreams discovered, Archives archives, ConnectionScopedContext connections) {
        this.beans = beans;
        this.archives = archives;
        this.connections = connections;
        this.discovered = discovered;
    }

    @Override
    public void check(Class<? extends SocketStream> streamClass, Initargs initargs) {
        known(streamClass).check(initargs);
    }

    @Override
    public <S extends SocketStream> Made<S> make(Class<S> streamClass, StreamConnection connection, Initargs initargs)
            throws Throwable {
        StreamClass<S> made = known(streamClass);
        CreationalContext<S> context = made.creationalContext(archives.of(streamClass, beans));
        CurrentCreation creation = CurrentCreation.enter(connection, initargs);
        try {
            S stream = made.create(context);
            ConnectionScope scope = new ConnectionScope(connections, stream);
            return new Made<>(stream, new Ending<>(scope, made, stream, context), scope);
        } catch (Throwable t) {
            context.release();
            throw ContainerExceptions.unwrapped(t);
        } finally {
            creation.leave();
        }
    }

    private record Ending<S extends SocketStream>(
            ConnectionScope scope, StreamClass<S> type, S stream, CreationalContext<S> context) implements Runnable {

        @Override
        public void run() {
            scope.closed();
            type.destroy(stream, context);
        }
    }

    @SuppressWarnings("unchecked") // each class is the key of its own entry
    private <S extends SocketStream> StreamClass<S> known(Class<S> type) {
        StreamClass<?> found = known.get(type);
        if (found == null) {
            found = find(type);
            known.put(type, found);
        }
        return (StreamClass<S>) found;
    }

    @SuppressWarnings("unchecked") // a discovered bean makes instances of its class, which is the type or extends it
    private <S extends SocketStream> StreamClass<S> find(Class<S> type) {
        StreamClassDefect.refuse(StreamClassDefect.of(type), type);
        BeanManager archive = archives.of(type, beans);
        Optional<Bean<?>> bean = discovered.bean(type, archive);
        if (bean.isPresent()) {
            return new StreamClass<>(type, (Bean<S>) bean.get());
        }
        StreamClassDefect.refuse(StreamClassDefect.ofUndiscovered(type, archive), type);
        return undiscovered(type, archive);
    }

    private <S extends SocketStream> StreamClass<S> undiscovered(Class<S> type, BeanManager archive) {
        try {
            StreamClass<S> found = new StreamClass<>(type, new UndiscoveredStreamBean<>(type, archive));
            for (InjectionPoint point : found.injectionPoints()) {
                archive.validate(point);
            }
            return found;
        } catch (RuntimeException e) {
            throw StreamClassDefect.refusal(type, "the container cannot make it: " + ContainerExceptions.reason(e), e);
        }
    }
}
