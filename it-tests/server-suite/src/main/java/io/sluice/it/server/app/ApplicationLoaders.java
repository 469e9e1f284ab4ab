package io.sluice.it.server.app;

import java.lang.management.ManagementFactory;
import java.lang.ref.WeakReference;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/** The class loaders of the deployed applications. Each application registers its own with the monitor, through an MBean. */
public final class ApplicationLoaders implements ApplicationLoadersMBean {

    private static final String NAME = "io.sluice.it:type=ApplicationLoaders";

    private final Map<String, List<WeakReference<ClassLoader>>> noted = new ConcurrentHashMap<>();

    @Override
    public void note(String application, ClassLoader loader) {
        noted.computeIfAbsent(application, unknown -> new CopyOnWriteArrayList<>())
                .add(new WeakReference<>(loader));
    }

    List<ClassLoader> alive(String application) {
        return noted.getOrDefault(application, List.of()).stream()
                .map(WeakReference::get)
                .filter(Objects::nonNull)
                .toList();
    }

    List<ClassLoader> alive() {
        return noted.keySet().stream()
                .flatMap(application -> alive(application).stream())
                .toList();
    }

    void register() throws JMException {
        ManagementFactory.getPlatformMBeanServer().registerMBean(this, new ObjectName(NAME));
    }

    static void unregister() throws JMException {
        ManagementFactory.getPlatformMBeanServer().unregisterMBean(new ObjectName(NAME));
    }

    /** Registers the class loader of an application. */
    static void tell(String application, ClassLoader loader) throws JMException {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        ObjectName monitor = new ObjectName(NAME);
        if (server.isRegistered(monitor)) {
            server.invoke(monitor, "note", new Object[] {application, loader}, new String[] {
                String.class.getName(), ClassLoader.class.getName()
            });
        }
    }
}
