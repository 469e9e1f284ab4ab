package io.sluice.it.server.app;

import io.sluice.server.SocketServers;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Map;

/** Terminates an endpoint. */
@ApplicationScoped
@CheckName("terminate")
public class TerminateCheck implements Check {

    @Inject
    SocketServers servers;

    @Override
    public String run(Map<String, String> parameters) {
        return String.valueOf(
                servers.named(parameters.get("endpoint")).orElseThrow().terminate());
    }
}
