package io.sluice.internal.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.server.DescribedServer;
import io.sluice.server.ServerDescription;
import io.sluice.server.ServerDescription.State;
import io.sluice.server.ServerSettings;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.junit.jupiter.api.Test;

/** Many servers from code, and several of one name. */
class ServerStatesTest {

    private static ServerDescription server(String name, State state) {
        return new DescribedServer(ServerSettings.named(name).build(), Optional.empty(), false, state, null);
    }

    private static Map<String, Object> data(List<ServerDescription> servers) {
        HealthCheckResponseBuilder response =
                HealthCheckResponse.named("states").up();
        ServerStates.of(servers).describe(response);
        return response.build().getData().orElse(Map.of());
    }

    @Test
    void serversOfOneNameHaveOneDatumWithTheirStates() {
        assertThat(data(List.of(
                        server("same", State.FAILED),
                        server("same", State.RUNNING),
                        server("same", State.RUNNING),
                        server("other", State.ENDING))))
                .isEqualTo(Map.of("server.same", "RUNNING, FAILED", "server.other", "ENDING"));
    }

    @Test
    void numberOfNamesIsLimited() {
        List<ServerDescription> servers = IntStream.range(0, ServerStates.MOST + 3)
                .mapToObj(number -> server("server-" + number, State.RUNNING))
                .toList();
        assertThat(data(servers)).hasSize(ServerStates.MOST + 1).containsEntry("omittedServers", 3L);
        assertThat(data(servers.subList(0, ServerStates.MOST)))
                .hasSize(ServerStates.MOST)
                .doesNotContainKey("omittedServers");
    }
}
