package io.sluice.it.server.app;

import jakarta.enterprise.context.ApplicationScoped;
import java.lang.management.ManagementFactory;
import java.util.Map;

/** The number of threads of the server's JVM. */
@ApplicationScoped
@CheckName("thread-count")
public class ThreadCountCheck implements Check {

    @Override
    public String run(Map<String, String> parameters) {
        return Integer.toString(ManagementFactory.getThreadMXBean().getThreadCount());
    }
}
