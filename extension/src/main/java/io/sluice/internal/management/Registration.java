package io.sluice.internal.management;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.sluice.internal.settings.ManagementSettings;
import io.sluice.management.SluiceMXBean;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.management.ManagementFactory;
import javax.management.InstanceAlreadyExistsException;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.ObjectName;
import javax.management.StandardMBean;
import org.jspecify.annotations.Nullable;

/**
 * The report's place in the platform's MBean server, from {@link #begin} to {@link #end}. A JVM may lack the module {@code
 * java.management}: then the report is not registered. Thread-safe.
 */
public final class Registration {

    private static final Logger LOG = System.getLogger(Registration.class.getName());

    /** Applications of the same name in one JVM. */
    private static final int MOST = 1_000;

    private final ServiceReport report;
    private final ManagementSettings settings;

    @GuardedBy("this")
    private @Nullable Runnable end;

    /**
     * Registers nothing yet.
     *
     * @param report the report
     * @param settings whether and how it is registered
     */
    public Registration(ServiceReport report, ManagementSettings settings) {
        this.report = report;
        this.settings = settings;
    }

    /** Registers the report. A failure is logged, because the application can work without. */
    public synchronized void begin() {
        if (end != null) {
            return;
        }
        String application = settings.name().orElseGet(ApplicationName::current);
        report.setApplication(application);
        if (settings.enabled() && isPresent()) {
            try {
                end = Server.register(report, application);
            } catch (RuntimeException | LinkageError e) {
                LOG.log(Level.WARNING, "Sluice's MXBean is not available: its registration failed", e);
            }
        }
    }

    /** Removes the report. Further calls do nothing. */
    public synchronized void end() {
        Runnable registered = end;
        end = null;
        if (registered != null) {
            registered.run();
        }
    }

    private static boolean isPresent() {
        try {
            Class.forName("javax.management.StandardMBean", false, Registration.class.getClassLoader());
            Class.forName("java.lang.management.ManagementFactory", false, Registration.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException | LinkageError e) {
            return false;
        }
    }

    /** Apart, because only this class may refer to the module, in handlers of exceptions too. */
    private static final class Server {

        private Server() {}

        static Runnable register(ServiceReport report, String application) {
            try {
                return registered(report, application);
            } catch (JMException e) {
                throw new IllegalStateException("the MBean server refuses it", e);
            }
        }

        private static Runnable registered(ServiceReport report, String application) throws JMException {
            for (int i = 1; i <= MOST; i++) {
                String name = i == 1 ? application : application + "-" + i;
                ObjectName registered = new ObjectName("io.sluice:type=Sluice,application=" + ObjectName.quote(name));
                try {
                    report.setApplication(name);
                    ManagementFactory.getPlatformMBeanServer()
                            .registerMBean(new StandardMBean(report, SluiceMXBean.class, true), registered);
                    return () -> unregister(registered);
                } catch (InstanceAlreadyExistsException e) {
                    // Another application has this name.
                }
            }
            throw new InstanceAlreadyExistsException(application);
        }

        private static void unregister(ObjectName registered) {
            try {
                ManagementFactory.getPlatformMBeanServer().unregisterMBean(registered);
            } catch (InstanceNotFoundException e) {
                // Somebody else has removed it.
            } catch (JMException | RuntimeException e) {
                LOG.log(Level.WARNING, "Sluice's MXBean " + registered + " cannot be removed", e);
            }
        }
    }
}
