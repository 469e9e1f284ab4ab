package io.sluice.it.server.app;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;

/** Interrupts the accept thread of an endpoint with platform threads, which ends its accept loop. */
@ApplicationScoped
@CheckName("interrupt")
public class InterruptCheck implements Check {

    @Override
    public String run(Map<String, String> parameters) {
        String name = parameters.get("endpoint") + "-accept";
        Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals(name))
                .findAny()
                .orElseThrow()
                .interrupt();
        return "interrupted";
    }
}
