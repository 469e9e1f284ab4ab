package io.sluice.internal.cdi;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.sluice.context.NamedSslContext;
import io.sluice.context.SslContextException;
import io.sluice.context.SslContextSpecifier;
import io.sluice.context.SslContexts;
import io.sluice.internal.cdi.container.AddedBean;
import io.sluice.internal.cdi.container.SluiceRuntime;
import io.sluice.internal.cdi.context.ApplicationContexts;
import io.sluice.internal.cdi.context.BoundContext;
import io.sluice.internal.cdi.context.CallbackBeans;
import io.sluice.internal.cdi.context.CircularContexts;
import io.sluice.internal.cdi.context.ContextBeans;
import io.sluice.internal.cdi.context.ContextEventSender;
import io.sluice.internal.cdi.context.ContextPoint;
import io.sluice.internal.cdi.context.ContextPoints;
import io.sluice.internal.cdi.context.ContextSourceResolver;
import io.sluice.internal.cdi.context.ReportedPolicies;
import io.sluice.internal.cdi.endpoint.ContainerServers;
import io.sluice.internal.cdi.endpoint.CurrentConnection;
import io.sluice.internal.cdi.endpoint.EndpointChecks;
import io.sluice.internal.cdi.endpoint.Endpoints;
import io.sluice.internal.cdi.event.ConnectionEvents;
import io.sluice.internal.cdi.scope.ConnectionScopedContext;
import io.sluice.internal.cdi.stream.CurrentCreation;
import io.sluice.internal.cdi.stream.CurrentStreamBeans;
import io.sluice.internal.cdi.stream.StreamClasses;
import io.sluice.internal.config.SluiceConfiguration;
import io.sluice.internal.context.ApplicationThreads;
import io.sluice.internal.context.ContextRegistry;
import io.sluice.internal.context.ContextSource;
import io.sluice.internal.context.ContextWatch;
import io.sluice.internal.context.RunningApplications;
import io.sluice.internal.journal.ContextFacts;
import io.sluice.internal.journal.FailureJournal;
import io.sluice.internal.journal.ReportOnlyPolicies;
import io.sluice.internal.management.ClientReports;
import io.sluice.internal.management.Registration;
import io.sluice.internal.management.ServiceReport;
import io.sluice.internal.settings.ContextName;
import io.sluice.internal.settings.JournalSettings;
import io.sluice.internal.settings.Problem;
import io.sluice.internal.settings.Problems;
import io.sluice.journal.HandshakeJournal;
import io.sluice.management.SluiceMXBean;
import io.sluice.server.ServerConnection;
import io.sluice.server.SocketServers;
import io.sluice.server.TlsAlpnChallenges;
import io.sluice.stream.OpenStreams;
import io.sluice.stream.SocketStreamConnector;
import io.sluice.stream.StreamFactory;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.spi.AfterBeanDiscovery;
import jakarta.enterprise.inject.spi.AfterDeploymentValidation;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.DeploymentException;
import jakarta.inject.Singleton;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;

/** Sluice in one application, from registration to stop. Combines configuration, contexts, streams and endpoints. */
public final class Deployment {

    private static final Logger LOG = System.getLogger(Deployment.class.getName());
    private static final Duration STOP_LIMIT = Duration.ofSeconds(5);

    private final Findings findings;
    private final BeanManager beans;
    private final ApplicationContexts applicationBeans;
    private final CallbackBeans callbackBeans;
    private final ContextSourceResolver sources;
    private final Problems problems = new Problems();
    private final SluiceRuntime sluice;
    private final ContainerServers servers;
    private final ContextWatch watch;
    private final ReportedPolicies policies;
    private final FailureJournal journal;
    private final ConnectionEvents events;
    private final ConnectionScopedContext connections;
    private final CurrentStreamBeans currentStreams;
    private final Endpoints endpoints;
    private final ServiceReport report;
    private final Registration registration;

    private final AtomicBoolean started = new AtomicBoolean();

    @GuardedBy("this")
    private boolean stopped;

    public Deployment(Findings findings, BeanManager beans) {
        this.findings = findings;
        this.beans = beans;
        this.applicationBeans = new ApplicationContexts(beans);
        SluiceConfiguration configuration = SluiceConfiguration.current();
        configuration.reportUnknownKeys(problems);
        this.callbackBeans = new CallbackBeans(findings.supplied(), applicationBeans, this::context);
        this.endpoints = new Endpoints(findings.endpoints(), configuration);
        this.sources = new ContextSourceResolver(
                configuration,
                findings.points(),
                findings.supplied(),
                endpoints.contexts(),
                applicationBeans,
                callbackBeans,
                problems);
        Map<String, ContextSource> named = sources.byName();
        this.policies = ReportedPolicies.of(configuration, named.keySet());
        this.journal = journal(configuration.journal(problems));
        this.events = new ConnectionEvents(beans, journal);
        OpenStreams openStreams = new OpenStreams();
        this.connections = new ConnectionScopedContext(beans);
        this.currentStreams = new CurrentStreamBeans(findings.streams(), findings.supplied(), connections);
        StreamClasses classes = new StreamClasses(beans, findings.streams(), findings.archives(), connections);
        this.sluice = new SluiceRuntime(
                new ContextRegistry(named), new StreamFactory(classes, openStreams, events), openStreams);
        this.servers = new ContainerServers(beans, sluice, events);
        endpoints.announce(servers);
        this.report = new ServiceReport(sluice.contexts(), servers, journal);
        this.registration = new Registration(report, configuration.management(problems));
        this.watch = new ContextWatch(new ContextEventSender(beans), ServerThreads::find);
    }

    private FailureJournal journal(JournalSettings settings) {
        ContextFacts facts =
                new ContextFacts(this::contexts, findings.endpoints().names());
        return new FailureJournal(
                settings,
                facts,
                new ReportOnlyPolicies(policies.byContext(), facts, settings.mask()),
                InstantSource.system());
    }

    private ContextRegistry contexts() {
        return sluice.contexts();
    }

    /** Called by callbacks while the application runs. */
    private NamedSslContext context(String name) {
        return sluice.contexts().get(name);
    }

    public void register(AfterBeanDiscovery event) {
        ContextBeans contextBeans = new ContextBeans(event, beans, findings.supplied());
        sluice.contexts().names().forEach(name -> contextBeans.register(new BoundContext(name, sluice)));
        contextBeans.registerStandIns(contextPoints(sluice.contexts().names()));
        CurrentCreation.register(event, beans, findings.streams().assisted());
        event.addContext(connections);
        currentStreams.register(event, beans);
        registerSingleton(SslContexts.class, sluice.contexts(), event);
        registerSingleton(SocketServers.class, servers, event);
        registerSingleton(SluiceMXBean.class, report, event);
        registerSingleton(TlsAlpnChallenges.class, servers.challenges(), event);
        registerSingleton(HandshakeJournal.class, journal, event);
        registerSingleton(SluiceRuntime.class, sluice, event);
        AddedBean.of(ServerConnection.class, event, beans)
                .types(ServerConnection.class)
                .scope(Dependent.class)
                .produceWith(lookup -> CurrentConnection.get());
    }

    private <T> void registerSingleton(Class<T> type, T instance, AfterBeanDiscovery event) {
        AddedBean.of(type, event, beans)
                .types(type, Object.class)
                .scope(Singleton.class)
                .produceWith(lookup -> instance);
    }

    private ContextPoints contextPoints() {
        Set<String> existing = sources.existing();
        existing.add(ContextName.NONE.value());
        return contextPoints(existing);
    }

    private ContextPoints contextPoints(Set<String> known) {
        return new ContextPoints(findings.points(), findings.supplied(), known);
    }

    /** If it fails, the contexts that were loaded are closed, because the container may not report the end of this application. */
    public void validate(AfterDeploymentValidation event) {
        try {
            requireNoProblems();
            findings.points().stream()
                    .filter(point -> point.type() == SocketStreamConnector.class)
                    .filter(point -> sluice.contexts().hasServerKeysOnly(point.name()))
                    .forEach(Deployment::warnOfServerKeysOnly);
            RunningApplications.deployed(sluice.contexts(), findings.archives().loaders());
        } catch (RuntimeException | Error e) {
            sluice.contexts().close();
            throw e;
        }
    }

    private void requireNoProblems() {
        findings.supplied().complete();
        sources.reportUnconfigured();
        policies.reportUnknownContexts(sources.existing(), problems);
        problems.warnings().forEach(warning -> LOG.log(Level.WARNING, warning.message()));
        List<String> found = new ArrayList<>(findings.problems());
        found.addAll(contextPoints().problems());
        applicationBeans
                .ambiguities(findings.supplied(), List.of(SslContextSpecifier.class, SSLContext.class))
                .forEach(found::add);
        found.addAll(new CircularContexts(findings.supplied(), applicationBeans).problems());
        found.addAll(callbackBeans.problems());
        found.addAll(currentStreams.problems());
        problems.errors().stream().map(Problem::message).forEach(found::add);
        List<ContextRegistry.Invalid> invalid = sluice.contexts().validate();
        invalid.stream().flatMap(Deployment::messages).forEach(found::add);
        contextPoints().ofJsse(sluice.contexts()::ignoredByJsse).forEach(found::add);
        found.addAll(endpoints.problems(
                checks(invalid.stream().map(ContextRegistry.Invalid::context).collect(Collectors.toSet()))));
        if (!found.isEmpty()) {
            throw new DeploymentException(report(found.stream().distinct().toList()));
        }
    }

    private static void warnOfServerKeysOnly(ContextPoint connector) {
        LOG.log(
                Level.WARNING,
                connector.description() + ": no certificate of " + ContextName.quoted(connector.name())
                        + " allows client authentication (clientAuth in the extended key usage). A server that"
                        + " requests a certificate will reject it. Public authorities no longer issue such certificates."
                        + " Use one of a private authority for "
                        + new ContextName(connector.name()).property("client-key-store.…")
                        + ", or set " + new ContextName(connector.name()).property("client-key-store.kind")
                        + "=none to send none.");
    }

    private static Stream<String> messages(ContextRegistry.Invalid invalid) {
        SslContextException cause = invalid.cause();
        return cause.problems().isEmpty() ? Stream.of(String.valueOf(cause.getMessage())) : cause.problems().stream();
    }

    private static String report(List<String> found) {
        StringBuilder report = new StringBuilder(
                found.size() == 1 ? "Sluice found a problem:" : "Sluice found " + found.size() + " problems:");
        found.forEach(problem -> report.append("\n - ").append(problem));
        return report.toString();
    }

    private EndpointChecks checks(Set<String> unusable) {
        return new EndpointChecks(beans, sluice, contextPoints().known(), unusable);
    }

    /**
     * Called once for each archive. The first call starts everything. If it fails, everything stops, because the container may not report
     * the end of this application.
     */
    public void start() {
        if (!started.compareAndSet(false, true)) {
            return;
        }
        try {
            journal.reportOnly().start(ServerThreads::find);
            events.start(ServerThreads::find);
            endpoints.start(servers, checks(Set.of()));
            watch.start(sluice.contexts());
            RunningApplications.started(sluice.contexts());
            Instance<ClientReports> clients = beans.createInstance().select(ClientReports.class);
            if (clients.isResolvable()) {
                report.report(clients.get());
            }
            report.reloadOn(new ApplicationThreads(ServerThreads.find(), "sluice-reload", "contexts are reloaded"));
            registration.begin();
        } catch (RuntimeException | Error e) {
            try {
                stop();
            } catch (RuntimeException suppressed) {
                e.addSuppressed(suppressed);
            }
            throw e;
        }
    }

    /** Called once for each archive. The first call stops everything, because no server undeploys a single archive. */
    public synchronized void stop() {
        if (stopped) {
            return;
        }
        stopped = true;
        registration.end();
        try {
            watch.stop();
            servers.stop();
        } finally {
            try {
                sluice.openStreams().closeAll(STOP_LIMIT);
                connections.stop();
            } finally {
                events.stop();
                journal.reportOnly().stop();
                sluice.contexts().close();
                RunningApplications.stopped(sluice.contexts());
                applicationBeans.release();
            }
        }
    }
}
