package io.sluice.it.server.app;

import io.sluice.management.SluiceMXBean;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.management.ManagementFactory;
import java.util.Map;
import javax.management.JMException;
import javax.management.ObjectName;

/** The name of this application's MXBean, and its report, as the platform's MBean server has them. */
@ApplicationScoped
@CheckName("management")
public class ManagementCheck implements Check {

    @Inject
    SluiceMXBean sluice;

    @Override
    public String run(Map<String, String> parameters) {
        String name = sluice.getApplication();
        try {
            ObjectName registered = new ObjectName("io.sluice:type=Sluice,application=" + ObjectName.quote(name));
            return name + "\n" + ManagementFactory.getPlatformMBeanServer().getAttribute(registered, "Json");
        } catch (JMException e) {
            return name + "\n" + e;
        }
    }
}
