package io.sluice.internal.cdi.scope;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.sluice.stream.SocketStream;
import jakarta.enterprise.context.ContextNotActiveException;
import jakarta.enterprise.context.spi.Contextual;
import jakarta.enterprise.context.spi.CreationalContext;
import jakarta.enterprise.inject.spi.Bean;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** The instances of one connection. Each is created once and destroyed once, in reverse order of creation. Thread-safe. */
final class ScopedInstances {

    private static final Logger LOG = System.getLogger(ScopedInstances.class.getName());

    private record Instance<T>(Contextual<T> bean, T value, CreationalContext<T> context, int number) {}

    private final SocketStream stream;
    private final Map<Contextual<?>, Instance<?>> instances = new ConcurrentHashMap<>();
    private final ReentrantLock creation = new ReentrantLock();

    @GuardedBy("creation")
    private int count;

    private volatile boolean closed;

    ScopedInstances(SocketStream stream) {
        this.stream = stream;
    }

    @SuppressWarnings("unchecked") // each bean is the key of its own instance
    <T> @Nullable T get(Contextual<T> bean) {
        Instance<T> instance = (Instance<T>) instances.get(bean);
        return instance == null ? null : instance.value();
    }

    <T> @Nullable T get(Contextual<T> bean, CreationalContext<T> context) {
        T known = get(bean);
        if (known != null) {
            return known;
        }
        creation.lock();
        try {
            known = get(bean);
            return known != null ? known : create(bean, context);
        } finally {
            creation.unlock();
        }
    }

    @GuardedBy("creation")
    private <T> @Nullable T create(Contextual<T> bean, CreationalContext<T> context) {
        if (!isStream(bean)) {
            requireOpen(bean);
        }
        T value = bean.create(context);
        if (value != null) {
            instances.put(bean, new Instance<>(bean, value, context, count++));
            if (closed && value != stream) {
                destroy(bean); // The container has stopped in the meantime.
                requireOpen(bean);
            }
        }
        return value;
    }

    /** The current stream exists already, so the beans can use it as long as they live. */
    private static boolean isStream(Contextual<?> bean) {
        return bean instanceof Bean<?> known
                && known.getTypes().stream()
                        .anyMatch(type -> type instanceof Class<?> plain && SocketStream.class.isAssignableFrom(plain));
    }

    private void requireOpen(Contextual<?> bean) {
        if (closed) {
            throw new ContextNotActiveException(
                    stream + ": the connection has ended, so no more beans are created for it: " + bean);
        }
    }

    void close() {
        closed = true;
    }

    void destroy(Contextual<?> bean) {
        Instance<?> instance = instances.remove(bean);
        if (instance != null) {
            destroy(instance);
        }
    }

    /** The failure of one bean must not keep the others alive. */
    private <T> void destroy(Instance<T> instance) {
        try {
            instance.bean().destroy(instance.value(), instance.context());
        } catch (RuntimeException | Error e) {
            LOG.log(Level.WARNING, stream + ": destroying " + instance.bean() + " failed", e);
        }
    }

    /** The references to the current stream are last, because the other beans may use it. */
    void destroyAll() {
        close();
        List<Instance<?>> remaining = instances.values().stream()
                .sorted(Comparator.<Instance<?>, Boolean>comparing(instance -> instance.value() == stream)
                        .thenComparing(
                                Comparator.comparingInt(Instance<?>::number).reversed()))
                .toList();
        remaining.forEach(instance -> destroy(instance.bean()));
    }
}
