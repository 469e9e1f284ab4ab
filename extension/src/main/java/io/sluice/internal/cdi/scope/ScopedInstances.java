package io.sluice.internal.cdi.scope;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.sluice.stream.SocketStream;
import jakarta.enterprise.context.ContextNotActiveException;
import jakarta.enterprise.context.spi.Contextual;
import jakarta.enterprise.context.spi.CreationalContext;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** The beans of one connection: each is made once, and destroyed once, the last made first. Thread-safe. */
final class ScopedInstances {

    private static final Logger LOG = System.getLogger(ScopedInstances.class.getName());

    private record Instance<T>(Contextual<T> bean, T value, CreationalContext<T> context, int number) {}

    private final SocketStream stream;
    private final Map<Contextual<?>, Instance<?>> made = new ConcurrentHashMap<>();
    private final ReentrantLock making = new ReentrantLock();

    @GuardedBy("making")
    private int count;

    private volatile boolean full;

    ScopedInstances(SocketStream stream) {
        this.stream = stream;
    }

    @SuppressWarnings("unchecked") // each bean is the key of its own instance
    <T> @Nullable T get(Contextual<T> bean) {
        Instance<T> instance = (Instance<T>) made.get(bean);
        return instance == null ? null : instance.value();
    }

    <T> @Nullable T get(Contextual<T> bean, CreationalContext<T> context) {
        T known = get(bean);
        if (known != null) {
            return known;
        }
        making.lock();
        try {
            known = get(bean);
            return known != null ? known : make(bean, context);
        } finally {
            making.unlock();
        }
    }

    @GuardedBy("making")
    private <T> @Nullable T make(Contextual<T> bean, CreationalContext<T> context) {
        refuseIfFull(bean);
        T value = bean.create(context);
        if (value != null) {
            made.put(bean, new Instance<>(bean, value, context, count++));
            if (full) {
                destroy(bean); // The container has stopped meanwhile.
                refuseIfFull(bean);
            }
        }
        return value;
    }

    private void refuseIfFull(Contextual<?> bean) {
        if (full) {
            throw new ContextNotActiveException(
                    stream + ": the connection has ended, and no more beans are made for it: " + bean);
        }
    }

    void refuseMore() {
        full = true;
    }

    void destroy(Contextual<?> bean) {
        Instance<?> instance = made.remove(bean);
        if (instance != null) {
            destroy(instance);
        }
    }

    /** What one bean throws must not keep the others. */
    private <T> void destroy(Instance<T> instance) {
        try {
            instance.bean().destroy(instance.value(), instance.context());
        } catch (RuntimeException | Error e) {
            LOG.log(Level.WARNING, stream + ": destroying " + instance.bean(), e);
        }
    }

    void destroyAll() {
        refuseMore();
        List<Instance<?>> left = made.values().stream()
                .sorted(Comparator.<Instance<?>>comparingInt(Instance::number).reversed())
                .toList();
        left.forEach(instance -> destroy(instance.bean()));
    }
}
