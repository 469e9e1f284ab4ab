package io.sluice.internal.cdi.endpoint;

import io.sluice.internal.cdi.container.Archives;
import io.sluice.internal.cdi.endpoint.FoundEndpoints.FoundEndpoint;
import io.sluice.internal.config.SluiceConfiguration;
import io.sluice.internal.settings.Problem;
import io.sluice.internal.settings.Problems;
import io.sluice.server.SocketServer;
import jakarta.enterprise.inject.spi.DeploymentException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The endpoints of one application: configured after discovery, checked at validation, started at initialisation. */
public final class Endpoints {

    private final List<Endpoint> enabled = new ArrayList<>();

    private final List<String> problems = new ArrayList<>();

    public Endpoints(FoundEndpoints found, SluiceConfiguration configuration) {
        this.problems.addAll(found.problems());
        Problems configurationProblems = new Problems();
        for (FoundEndpoint endpoint : found.valid()) {
            if (!endpoint.method().isOfMessages()) {
                configuration.messageSettings(endpoint.method().annotation()).stream()
                        .map(key -> withoutMessages(endpoint.method(), key))
                        .forEach(problems::add);
            }
            configuration
                    .endpoint(endpoint.method().annotation(), configurationProblems)
                    .ifPresent(
                            settings -> enabled.add(new Endpoint(endpoint.method(), endpoint.arguments(), settings)));
        }
        configuration.reportUnknownEndpointKeys(found.names(), configurationProblems);
        configurationProblems.errors().stream().map(Problem::message).forEach(problems::add);
    }

    private static String withoutMessages(EndpointMethod method, String key) {
        return method.description() + ": " + key
                + " is set, but the method's first parameter is the stream, so there are"
                + " no messages. Make a message the first parameter, or remove the setting";
    }

    /** The names of the contexts that endpoints use. */
    public Set<String> contexts() {
        return enabled.stream().map(Endpoint::context).collect(Collectors.toCollection(TreeSet::new));
    }

    /** All problems of the endpoints. Each port is tried. */
    public List<String> problems(EndpointChecks checks) {
        List<String> all = new ArrayList<>(problems);
        for (int i = 0; i < enabled.size(); i++) {
            Endpoint endpoint = enabled.get(i);
            all.addAll(checks.problems(endpoint));
            enabled.subList(0, i).stream()
                    .filter(endpoint::collidesWith)
                    .map(other -> other.description() + " and " + endpoint.description() + " both listen on port "
                            + endpoint.settings().server().address().getPort()
                            + ". Change one of the ports, or set reuse-port for both")
                    .forEach(all::add);
        }
        return all;
    }

    /** Makes the endpoints known to the servers, which describe them before they listen. */
    public void announce(ContainerServers servers) {
        servers.expect(enabled);
    }

    /** Starts all endpoints or none. */
    public void start(ContainerServers servers, EndpointChecks checks) {
        List<SocketServer> opened = new ArrayList<>();
        try {
            for (Endpoint endpoint : enabled) {
                checks.requireContext(endpoint);
                opened.add(start(endpoint, servers));
            }
        } catch (IOException | RuntimeException e) {
            opened.forEach(SocketServer::terminate);
            throw new DeploymentException("Sluice could not start its endpoints: " + e.getMessage(), e);
        }
    }

    /** Starts an endpoint with the class loader of its archive, which the threads of its connections inherit. */
    private SocketServer start(Endpoint endpoint, ContainerServers servers) throws IOException {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        if (!Archives.isOwn(endpoint.method().beanClass())) {
            thread.setContextClassLoader(endpoint.method().beanClass().getClassLoader());
        }
        try {
            return servers.startUp(endpoint);
        } finally {
            thread.setContextClassLoader(before);
        }
    }
}
