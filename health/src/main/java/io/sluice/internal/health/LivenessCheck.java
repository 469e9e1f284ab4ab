package io.sluice.internal.health;

import io.sluice.server.ServerDescription;
import io.sluice.server.SocketServers;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Liveness;

/** Says whether every accept loop that was not stopped still runs. If one has died, only a restart helps. Thread-safe. */
@Singleton
@Liveness
final class LivenessCheck implements HealthCheck {

    private static final String NAME = "sluice-liveness";

    private final SocketServers servers;

    @Inject
    LivenessCheck(SocketServers servers) {
        this.servers = servers;
    }

    @Override
    public HealthCheckResponse call() {
        List<ServerDescription> all = servers.describe();
        HealthCheckResponseBuilder response = HealthCheckResponse.named(NAME);
        ServerStates.of(all).describe(response);
        return response.status(all.stream().noneMatch(server -> server.state() == ServerDescription.State.FAILED))
                .build();
    }
}
