package io.sluice.internal.health;

import io.sluice.context.SslContexts;
import io.sluice.internal.settings.ContextName;
import io.sluice.server.SocketServers;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/** Says whether every enabled endpoint is open, and describes the contexts. Thread-safe. */
@Singleton
@Readiness
final class ReadinessCheck implements HealthCheck {

    private static final String NAME = "sluice-readiness";

    private final HealthExtension extension;
    private final SocketServers servers;
    private final SslContexts contexts;

    @Inject
    ReadinessCheck(HealthExtension extension, SocketServers servers, SslContexts contexts) {
        this.extension = extension;
        this.servers = servers;
        this.contexts = contexts;
    }

    @Override
    public HealthCheckResponse call() {
        Instant now = Instant.now();
        HealthSettings settings = extension.settings();
        HealthCheckResponseBuilder response = HealthCheckResponse.named(NAME);
        ServerStates states = ServerStates.of(servers.describe());
        states.describe(response);
        List<String> reasons = new ArrayList<>(states.reasons());
        contexts.names().stream()
                .filter(name -> !ContextName.NONE.is(name))
                .map(name -> ContextHealth.of(contexts.describe(name)))
                .forEach(context -> {
                    context.describe(response, settings, now);
                    if (settings.isExpiredDown()) {
                        reasons.addAll(context.reasons(now));
                    }
                });
        if (!reasons.isEmpty()) {
            response.withData("reason", String.join("; ", reasons));
        }
        return response.status(reasons.isEmpty()).build();
    }
}
