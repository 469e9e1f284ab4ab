package io.sluice.internal.health;

import io.sluice.server.ServerDescription;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;

/**
 * The states of the endpoints and of the servers that code has started.
 *
 * @param endpoints the state of each enabled endpoint, by its name
 * @param servers the different states of the servers from code with one name, by that name
 */
record ServerStates(SortedMap<String, ServerDescription.State> endpoints, SortedMap<String, String> servers) {

    /** How many names of servers from code are reported. */
    static final int MOST = 100;

    static ServerStates of(List<ServerDescription> all) {
        SortedMap<String, ServerDescription.State> endpoints = new TreeMap<>();
        Map<String, TreeSet<ServerDescription.State>> others = new TreeMap<>();
        for (ServerDescription server : all) {
            if (server.isEndpoint()) {
                endpoints.put(server.name(), server.state());
            } else {
                others.computeIfAbsent(server.name(), name -> new TreeSet<>()).add(server.state());
            }
        }
        SortedMap<String, String> servers = new TreeMap<>();
        others.forEach((name, states) ->
                servers.put(name, states.stream().map(String::valueOf).collect(Collectors.joining(", "))));
        return new ServerStates(endpoints, servers);
    }

    void describe(HealthCheckResponseBuilder response) {
        endpoints.forEach((name, state) -> response.withData("endpoint." + name, state.name()));
        servers.entrySet().stream()
                .limit(MOST)
                .forEach(server -> response.withData("server." + server.getKey(), server.getValue()));
        if (servers.size() > MOST) {
            response.withData("omittedServers", servers.size() - MOST);
        }
    }

    /** Why the application is not ready, in words. */
    List<String> reasons() {
        return endpoints.entrySet().stream()
                .filter(endpoint -> endpoint.getValue() != ServerDescription.State.RUNNING)
                .map(endpoint -> "endpoint '" + endpoint.getKey() + "' is " + endpoint.getValue())
                .toList();
    }
}
