package io.sluice.internal.cdi.endpoint;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.sluice.internal.cdi.container.Archives;
import io.sluice.internal.config.SluiceConfiguration;
import io.sluice.internal.settings.Problem;
import io.sluice.internal.settings.Problems;
import io.sluice.server.SocketServer;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.DeploymentException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The endpoints of one application: configured when its beans are known, checked with its deployment, started when it is initialised. */
public final class Endpoints {

    private final BeanManager beans;
    private final List<Endpoint> enabled = new ArrayList<>();

    @GuardedBy("this")
    private boolean started;

    private final List<String> problems = new ArrayList<>();

    public Endpoints(BeanManager beans, FoundEndpoints found, SluiceConfiguration configuration) {
        this.beans = beans;
        this.problems.addAll(found.problems());
        Problems ofConfiguration = new Problems();
        for (FoundEndpoint endpoint : found.served()) {
            configuration
                    .endpoint(endpoint.method().declared(), ofConfiguration)
                    .ifPresent(
                            settings -> enabled.add(new Endpoint(endpoint.method(), endpoint.arguments(), settings)));
        }
        configuration.reportUnknownEndpointKeys(found.names(), ofConfiguration);
        ofConfiguration.errors().stream().map(Problem::message).forEach(problems::add);
    }

    /** The contexts that endpoints name, or that have the name of one that names none. */
    public Set<String> contexts() {
        return enabled.stream().map(Endpoint::context).collect(Collectors.toCollection(TreeSet::new));
    }

    /** Everything that keeps the endpoints from being served, each port tried. */
    public List<String> problems(EndpointChecks checks) {
        List<String> all = new ArrayList<>(problems);
        for (int i = 0; i < enabled.size(); i++) {
            Endpoint endpoint = enabled.get(i);
            all.addAll(checks.problems(endpoint));
            enabled.subList(0, i).stream()
                    .filter(endpoint::collidesWith)
                    .map(other -> other.what() + " and " + endpoint.what() + " both listen on port "
                            + endpoint.settings().server().address().getPort()
                            + ". Give one of them another port, or both reuse-port")
                    .forEach(all::add);
        }
        return all;
    }

    /** Starts all, or none; once, although an application of several archives is initialised once for each. */
    public synchronized void start(ContainerServers servers, EndpointChecks checks) {
        if (started) {
            return;
        }
        started = true;
        List<SocketServer> opened = new ArrayList<>();
        try {
            for (Endpoint endpoint : enabled) {
                checks.requireContext(endpoint);
                opened.add(started(endpoint, servers));
            }
        } catch (IOException | RuntimeException e) {
            opened.forEach(SocketServer::terminate);
            throw new DeploymentException("Sluice could not start its endpoints: " + e.getMessage(), e);
        }
    }

    /** On a thread with the class loader of its own archive, which its connections' threads have too. */
    private SocketServer started(Endpoint endpoint, ContainerServers servers) throws IOException {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        if (!Archives.isOwn(endpoint.beanClass())) {
            thread.setContextClassLoader(endpoint.beanClass().getClassLoader());
        }
        try {
            return servers.startUp(endpoint.start(beans));
        } finally {
            thread.setContextClassLoader(before);
        }
    }
}
