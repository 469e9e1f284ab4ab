package io.sluice.internal.client;

import io.sluice.client.SocketClient;
import io.sluice.context.ContextReloaded;
import io.sluice.internal.cdi.container.AddedBean;
import io.sluice.internal.cdi.container.OpenWebBeans;
import io.sluice.internal.cdi.container.SluiceRuntime;
import io.sluice.internal.management.ClientReports;
import io.sluice.management.ClientInfo;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.spi.AfterBeanDiscovery;
import jakarta.enterprise.inject.spi.AfterDeploymentValidation;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.BeforeBeanDiscovery;
import jakarta.enterprise.inject.spi.BeforeShutdown;
import jakarta.enterprise.inject.spi.DeploymentException;
import jakarta.enterprise.inject.spi.Extension;
import jakarta.enterprise.inject.spi.ProcessInjectionPoint;
import jakarta.inject.Singleton;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Adds a bean for each client that is injected, and ends the clients with the application. */
public class ClientExtension implements Extension {

    private final List<ClientPoint> points = new ArrayList<>();
    private boolean isComplete;
    private volatile @Nullable Clients clients;

    /** For the container. */
    public ClientExtension() {}

    void addQualifier(@Observes BeforeBeanDiscovery event) {
        event.addQualifier(SocketClient.class);
    }

    void notePoint(@Observes ProcessInjectionPoint<?, ?> event) {
        if (!isComplete) {
            ClientPoint.of(event.getInjectionPoint()).ifPresent(points::add);
        }
    }

    /** A bean for each requested type, even if the client has problems: otherwise the container would report an unsatisfied point first. */
    void register(@Observes AfterBeanDiscovery event, BeanManager beans) {
        isComplete = true;
        Map<String, Set<Type>> types = new TreeMap<>();
        points.forEach(point -> types.computeIfAbsent(point.name(), name -> new LinkedHashSet<>())
                .add(point.type()));
        AddedBean.of(ClientReports.class, event, beans)
                .types(ClientReports.class)
                .scope(Singleton.class)
                .produceWith(lookup -> this::report);
        types.forEach((name, requested) -> requested.forEach(type -> register(name, type, event, beans)));
    }

    /** Without a proxy: OpenWebBeans makes one of a class that does not have the generic type. */
    private void register(String name, Type type, AfterBeanDiscovery event, BeanManager beans) {
        AddedBean.named(ClientExtension.class.getName() + " " + name + " " + type.getTypeName(), event, beans)
                .types(type)
                .qualifiers(SocketClient.Literal.of(name), Any.Literal.INSTANCE)
                .scope(Singleton.class)
                .produceWith(lookup -> clients().face(name));
    }

    /** Runs before the core reports its own problems, so that all appear together. */
    void validate(@Observes @Priority(1) AfterDeploymentValidation event, BeanManager beans) {
        Map<String, ClientDeclaration> declarations = new TreeMap<>();
        points.stream()
                .collect(Collectors.groupingBy(ClientPoint::name))
                .forEach((name, named) -> declarations.put(name, new ClientDeclaration(name, named)));
        ClientBeans clientBeans = new ClientBeans(beans);
        Bean<?> runtime = beans.resolve(beans.getBeans(SluiceRuntime.class));
        ClientChecks checks =
                new ClientChecks(clientBeans, (SluiceRuntime) clientBeans.reference(SluiceRuntime.class, runtime));
        List<String> problems = checks.problems(declarations.values());
        if (problems.isEmpty()) {
            clients = new Clients(declarations, checks.settings(), clientBeans);
        } else if (OpenWebBeans.isHere(beans)) {
            throw new DeploymentException(
                    report(problems)); // Of a problem that is added, it reports only that there is one.
        } else {
            event.addDeploymentProblem(new DeploymentException(report(problems)));
        }
    }

    private static String report(List<String> problems) {
        return problems.stream()
                .map(problem -> "\n - " + problem)
                .collect(Collectors.joining(
                        "",
                        problems.size() == 1
                                ? "Sluice found a problem with a client:"
                                : "Sluice found " + problems.size() + " problems with clients:",
                        ""));
    }

    private List<ClientInfo> report() {
        return clients().running().stream().<ClientInfo>map(ClientRow::of).toList();
    }

    private Clients clients() {
        return Objects.requireNonNull(clients, "the container has not validated the deployment");
    }

    /** Before the core opens ports. */
    void start(@Observes @Initialized(ApplicationScoped.class) Object event) {
        clients().start();
    }

    void contextReloaded(@Observes @Any ContextReloaded event) {
        Clients known = clients;
        if (known != null) {
            known.contextReloaded();
        }
    }

    /** After the core has let its connections end, because their handlers may use clients. */
    void stop(@Observes @Priority(Integer.MAX_VALUE) @BeforeDestroyed(ApplicationScoped.class) Object event) {
        stop();
    }

    /** Embedded containers may end without the event above. */
    void shutDown(@Observes BeforeShutdown event) {
        stop();
    }

    private void stop() {
        Clients known = clients;
        if (known != null) {
            known.stop();
        }
    }
}
