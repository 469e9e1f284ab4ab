package io.sluice.internal.cdi.container;

import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The bean managers of an application's archives, by class loader. There is one if the jar and the application's classes are in the same
 * archive. With the jar in the {@code lib/} of an EAR, the extension's own manager sees no bean of a WAR, and CDI has no way to find the
 * other managers; but the beans of Weld, which the servers with EARs use, know theirs. If several archives share a class loader, the first
 * one counts for all. Filled by discovery, on one thread.
 */
public final class Archives {

    private final Map<ClassLoader, BeanManager> others = new HashMap<>();
    private final Set<ClassLoader> loaders = new HashSet<>();

    /** Notes a bean's archive. */
    public void add(Bean<?> bean) {
        ClassLoader archive = bean.getBeanClass().getClassLoader();
        if (archive != null) {
            loaders.add(archive);
        }
        if (archive != null && archive != Archives.class.getClassLoader() && !others.containsKey(archive)) {
            BeanManager manager = managerOf(bean);
            if (manager != null) {
                others.put(archive, manager);
            }
        }
    }

    /** {@code RIBean.getBeanManager()}. */
    private static @Nullable BeanManager managerOf(Bean<?> bean) {
        try {
            return bean.getClass().getMethod("getBeanManager").invoke(bean) instanceof BeanManager manager
                    ? manager
                    : null;
        } catch (ReflectiveOperationException e) {
            return null;
        }
    }

    /**
     * The class loaders of the beans and of the current thread. If one of beans is a parent of another, it is omitted: in a server,
     * other applications may share it.
     */
    public Set<ClassLoader> loaders() {
        Set<ClassLoader> own = new HashSet<>(loaders);
        for (ClassLoader loader : loaders) {
            for (ClassLoader above = loader.getParent(); above != null; above = above.getParent()) {
                own.remove(above);
            }
        }
        ClassLoader current = Thread.currentThread().getContextClassLoader();
        if (current != null) {
            own.add(current);
        }
        return own;
    }

    /** The manager for a class's injection points: that of its archive, or else the extension's. */
    public BeanManager managerFor(Class<?> type, BeanManager own) {
        return others.getOrDefault(type.getClassLoader(), own);
    }

    /** Returns true if the extension's own manager is for the class's archive. */
    public static boolean isOwn(Class<?> type) {
        return type.getClassLoader() == Archives.class.getClassLoader();
    }
}
