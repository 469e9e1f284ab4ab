package io.sluice.internal.cdi.stream;

import io.sluice.internal.cdi.container.Archives;
import io.sluice.internal.cdi.container.ContainerExceptions;
import io.sluice.internal.cdi.container.DependentBean;
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
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** Creates instances of stream classes. The bean of each class is looked up once. Thread-safe. */
public final class StreamClasses implements StreamInstantiator {

    private static final Logger LOG = System.getLogger(StreamClasses.class.getName());

    private final BeanManager beans;
    private final Archives archives;
    private final ConnectionScopedContext connections;
    private final FoundStreams discovered;
    private final Map<Class<?>, StreamBean<?>> known = new ConcurrentHashMap<>();

    public StreamClasses(
            BeanManager beans, FoundStreams discovered, Archives archives, ConnectionScopedContext connections) {
        this.beans = beans;
        this.archives = archives;
        this.connections = connections;
        this.discovered = discovered;
    }

    @Override
    public void check(Class<? extends SocketStream> streamClass, Initargs initargs) {
        resolve(streamClass).check(initargs);
    }

    @Override
    public <S extends SocketStream> Made<S> make(Class<S> streamClass, StreamConnection connection, Initargs initargs)
            throws Throwable {
        StreamBean<S> resolved = resolve(streamClass);
        CreationalContext<S> context = archives.managerFor(streamClass, beans).createCreationalContext(resolved.bean());
        CurrentCreation creation = CurrentCreation.enter(connection, initargs);
        try {
            S stream = resolved.bean().create(context);
            ConnectionScope scope = new ConnectionScope(connections, stream);
            Runnable end = () -> {
                scope.streamClosed();
                resolved.destroy(stream, context);
            };
            return new Made<>(stream, end, scope);
        } catch (Throwable t) {
            context.release();
            throw ContainerExceptions.unwrapped(t);
        } finally {
            creation.leave();
        }
    }

    @SuppressWarnings("unchecked") // each class is the key of its own entry
    private <S extends SocketStream> StreamBean<S> resolve(Class<S> type) {
        StreamBean<?> resolved = known.get(type);
        if (resolved == null) {
            resolved = find(type);
            known.put(type, resolved);
        }
        return (StreamBean<S>) resolved;
    }

    @SuppressWarnings("unchecked") // a discovered bean makes instances of its class, which is the type or extends it
    private <S extends SocketStream> StreamBean<S> find(Class<S> type) {
        StreamClassDefect.requireNone(StreamClassDefect.of(type), type);
        BeanManager archive = archives.managerFor(type, beans);
        Optional<Bean<?>> bean = discovered.bean(type, archive);
        if (bean.isPresent()) {
            return StreamBean.of(type, (Bean<S>) bean.get());
        }
        StreamClassDefect.requireNone(StreamClassDefect.ofUndiscovered(type, archive), type);
        return undiscovered(type, archive);
    }

    private static <S extends SocketStream> StreamBean<S> undiscovered(Class<S> type, BeanManager archive) {
        try {
            Bean<S> bean = archive.createBean(
                    new DependentBean<>(Set.of(type), StreamAttributes.StreamClassLiteral.INSTANCE),
                    type,
                    archive.getInjectionTargetFactory(archive.createAnnotatedType(type)));
            for (InjectionPoint point : bean.getInjectionPoints()) {
                archive.validate(point);
            }
            return StreamBean.of(type, bean);
        } catch (RuntimeException e) {
            throw StreamClassDefect.exception(
                    type, "the container cannot create it: " + ContainerExceptions.reason(e), e);
        }
    }

    /** A stream class with its bean and the points of its initargs. */
    private record StreamBean<S extends SocketStream>(Class<S> type, Bean<S> bean, List<AssistedPoint> assisted) {

        static <S extends SocketStream> StreamBean<S> of(Class<S> type, Bean<S> bean) {
            return new StreamBean<>(
                    type,
                    bean,
                    bean.getInjectionPoints().stream()
                            .filter(AssistedPoint::isAssisted)
                            .map(AssistedPoint::of)
                            .toList());
        }

        /** Checks the initargs against the assisted points. One exception reports all problems. */
        void check(Initargs initargs) {
            if (assisted.isEmpty() && !initargs.anyAssisted()) {
                return;
            }
            Set<String> names =
                    assisted.stream().map(AssistedPoint::name).collect(Collectors.toCollection(TreeSet::new));
            Set<String> problems = new TreeSet<>();
            assisted.forEach(point -> point.problem(initargs).ifPresent(problems::add));
            initargs.notAmong(names)
                    .forEach(name -> problems.add("no @Assisted injection point takes initarg '" + name + "': "
                            + (names.isEmpty() ? "the class has no such points" : "the class takes " + names)));
            if (!problems.isEmpty()) {
                throw new IllegalArgumentException(type.getName() + ": " + String.join("; ", problems));
            }
        }

        /** Closing is quiet: an exception of a pre-destroy method is logged, as containers do for their own beans. */
        void destroy(S stream, CreationalContext<S> context) {
            try {
                bean.destroy(stream, context);
            } catch (RuntimeException | Error e) {
                LOG.log(Level.WARNING, "stream class " + type.getName() + ": its pre-destroy method failed", e);
            }
        }
    }
}
