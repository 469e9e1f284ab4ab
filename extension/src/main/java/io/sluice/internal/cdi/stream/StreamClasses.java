package io.sluice.internal.cdi.stream;

import io.sluice.internal.cdi.container.Archives;
import io.sluice.internal.cdi.container.ContainerExceptions;
import io.sluice.internal.cdi.container.DependentBean;
import io.sluice.internal.cdi.scope.ConnectionScope;
import io.sluice.internal.cdi.scope.ConnectionScopedContext;
import io.sluice.internal.cdi.stream.FoundStreams.StreamClass;
import io.sluice.stream.Initargs;
import io.sluice.stream.InstanceCreation;
import io.sluice.stream.SocketStream;
import io.sluice.stream.StreamConnection;
import io.sluice.stream.StreamInstantiator;
import jakarta.enterprise.context.spi.CreationalContext;
import jakarta.enterprise.inject.spi.AnnotatedType;
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
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Creates instances of stream classes. The bean of each class is looked up once. Thread-safe. */
public final class StreamClasses implements StreamInstantiator {

    private static final Logger LOG = System.getLogger(StreamClasses.class.getName());

    /** A part of the names of Weld's client proxies. OpenWebBeans makes its proxies without a constructor. */
    private static final String PROXY = "ClientProxy";

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
        CreationalContext<S> context = resolved.newContext();
        InstanceCreation creation = InstanceCreation.begin(connection, initargs, resolved);
        try {
            S stream = creation.complete(resolved.bean().create(context));
            return new Instance<>(resolved, stream, context, connections);
        } catch (Throwable t) {
            context.release();
            throw ContainerExceptions.unwrapped(t);
        } finally {
            creation.end();
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
            return StreamBean.of(type, (Bean<S>) bean.get(), archive, discovered.isAlone(bean.get()));
        }
        StreamClassDefect.requireNone(StreamClassDefect.ofUndiscovered(type, archive), type);
        return undiscovered(type, archive);
    }

    private static <S extends SocketStream> StreamBean<S> undiscovered(Class<S> type, BeanManager archive) {
        try {
            AnnotatedType<S> annotated = archive.createAnnotatedType(type);
            Bean<S> bean = archive.createBean(
                    new DependentBean<>(Set.of(type), StreamAttributes.StreamClassLiteral.INSTANCE),
                    type,
                    archive.getInjectionTargetFactory(annotated));
            for (InjectionPoint point : bean.getInjectionPoints()) {
                archive.validate(point);
            }
            return StreamBean.of(type, bean, archive, StreamClass.isAlone(annotated, bean));
        } catch (RuntimeException e) {
            throw StreamClassDefect.exception(
                    type, "the container cannot create it: " + ContainerExceptions.reason(e), e);
        }
    }

    /** An instance with the objects that end with it. */
    private static final class Instance<S extends SocketStream> extends ConnectionScope implements Made<S> {

        private final StreamBean<S> bean;
        private final S stream;
        /** Null if no object can depend on the instance. */
        private final @Nullable CreationalContext<S> context;

        Instance(StreamBean<S> bean, S stream, CreationalContext<S> context, ConnectionScopedContext connections) {
            super(connections);
            this.bean = bean;
            this.stream = stream;
            this.context = bean.isAlone(stream) ? null : context;
        }

        @Override
        public S stream() {
            return stream;
        }

        @Override
        public void destroy() {
            streamClosed();
            bean.destroy(stream, context == null ? bean.newContext() : context);
        }
    }

    /**
     * A stream class with its bean.
     *
     * @param type the class
     * @param bean creates the instances
     * @param beans the manager of the class's archive
     * @param assisted the points of its initargs
     * @param alone whether no other object is created for an instance, unless the container extends the class
     * @param <S> the stream class
     */
    private record StreamBean<S extends SocketStream>(
            Class<S> type, Bean<S> bean, BeanManager beans, List<AssistedPoint> assisted, boolean alone)
            implements Predicate<Class<?>> {

        static <S extends SocketStream> StreamBean<S> of(
                Class<S> type, Bean<S> bean, BeanManager beans, boolean alone) {
            List<AssistedPoint> assisted = bean.getInjectionPoints().stream()
                    .filter(AssistedPoint::isAssisted)
                    .map(AssistedPoint::of)
                    .toList();
            return new StreamBean<>(type, bean, beans, assisted, alone);
        }

        CreationalContext<S> newContext() {
            return beans.createCreationalContext(bean);
        }

        boolean isAlone(S stream) {
            return alone && stream.getClass() == bean.getBeanClass();
        }

        /** Whether an object of a class is an instance of the bean. Containers extend the class for interceptors, but also for proxies. */
        @Override
        public boolean test(Class<?> created) {
            return created == bean.getBeanClass()
                    || bean.getBeanClass().isAssignableFrom(created)
                            && !created.getName().contains(PROXY);
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
