package io.sluice.internal.cdi.endpoint;

import io.sluice.server.AcceptingServer;
import io.sluice.server.ServerDescription;
import io.sluice.server.ServerDescription.State;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The servers of one container: those that have not ended, and the endpoints from before they listen. Not thread-safe. */
final class ServerList {

    private final Set<AcceptingServer> servers = new HashSet<>();

    /** The endpoints by name, as they are before they listen. */
    private final Map<String, ServerDescription> expected = new LinkedHashMap<>();

    /** The server of each endpoint that has listened, by name. */
    private final Map<String, AcceptingServer> endpoints = new HashMap<>();

    /** The endpoint is described from now on, although it does not listen yet. */
    void expect(ServerDescription endpoint) {
        expected.put(endpoint.name(), endpoint);
    }

    /** Adds a server that listens. It takes the place of one of its name that does not. */
    void add(AcceptingServer server) {
        servers.removeIf(known -> isOver(known, server));
        servers.add(server);
        AcceptingServer before = endpoints.get(server.name());
        if (expected.containsKey(server.name()) && (before == null || !before.isRunning())) {
            endpoints.put(server.name(), server);
        }
    }

    /** A server that failed is remembered until it is replaced, and until its connections have ended. */
    private static boolean isOver(AcceptingServer known, AcceptingServer successor) {
        return switch (known.state()) {
            case ENDED -> true;
            case FAILED -> known.connections() == 0 && known.name().equals(successor.name());
            default -> false;
        };
    }

    /** All that must be terminated with the container. */
    List<AcceptingServer> all() {
        return List.copyOf(servers);
    }

    List<ServerDescription> describe() {
        List<ServerDescription> all = new ArrayList<>();
        expected.forEach((name, description) -> {
            AcceptingServer server = endpoints.get(name);
            all.add(server == null ? description : server.describe(true));
        });
        Collection<AcceptingServer> described = endpoints.values();
        servers.stream()
                .filter(server -> !described.contains(server) && !isReplaced(server))
                .map(server -> server.describe(false))
                .filter(server -> server.state() != State.ENDED)
                .forEach(all::add);
        return List.copyOf(all);
    }

    private boolean isReplaced(AcceptingServer server) {
        return server.state() == State.FAILED
                && servers.stream()
                        .anyMatch(other -> other.isRunning() && other.name().equals(server.name()));
    }
}
