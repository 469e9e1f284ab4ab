package io.sluice.internal.cdi.container;

import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The bean managers of the archives of an application, by their class loaders. There is one where the jar and the application's classes
 * are together. With the jar in the {@code lib/} of an EAR the extension's own manager sees no bean of a WAR, and CDI has no way to ask for
 * another's; the beans of Weld, which the servers with EARs have, know theirs. Of several archives that share a class loader, the first
 * speaks for all. Filled by discovery, on one thread.
 */
public final class Archives {

    private final Map<ClassLoader, BeanManager> others = new HashMap<>();

    /** Notes the archive that a bean is in. */
    public void see(Bean<?> bean) {
        ClassLoader archive = bean.getBeanClass().getClassLoader();
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

    /** The manager that sees what a class has injected: that of its archive, or else the extension's. */
    public BeanManager of(Class<?> type, BeanManager own) {
        return others.getOrDefault(type.getClassLoader(), own);
    }

    /** Whether a class is of the archives that the extension's manager is for. */
    public static boolean isOwn(Class<?> type) {
        return type.getClassLoader() == Archives.class.getClassLoader();
    }
}
