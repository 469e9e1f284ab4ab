package io.sluice.internal.management;

import io.sluice.context.SslContexts;
import io.sluice.journal.HandshakeJournal;
import io.sluice.management.ClientInfo;
import io.sluice.management.ContextInfo;
import io.sluice.management.FailureInfo;
import io.sluice.management.PolicyInfo;
import io.sluice.management.ServerInfo;
import io.sluice.management.SluiceMXBean;
import io.sluice.server.SocketServers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Reports what Sluice does in one application. Thread-safe. */
public final class ServiceReport implements SluiceMXBean {

    private static final String UNKNOWN = "unknown";
    private static final Duration RELOAD_LIMIT = Duration.ofSeconds(60);

    private record Document(
            String application,
            String version,
            Instant time,
            List<ContextInfo> contexts,
            List<ServerInfo> servers,
            List<ClientInfo> clients,
            List<FailureInfo> journal,
            long omittedFailures,
            List<PolicyInfo> policies) {}

    private final SslContexts contexts;
    private final SocketServers servers;
    private final HandshakeJournal journal;
    private volatile ThreadFactory threads = Thread::new;
    private volatile ClientReports clients = List::of;
    private volatile String application = ApplicationName.DEFAULT;

    /**
     * A report without a name of its own.
     *
     * @param contexts the application's contexts
     * @param servers the application's servers
     * @param journal the failures of its handshakes
     */
    public ServiceReport(SslContexts contexts, SocketServers servers, HandshakeJournal journal) {
        this.contexts = contexts;
        this.servers = servers;
        this.journal = journal;
    }

    /**
     * Reloads on these threads from now on. A thread of JMX has neither the class loader nor the naming of the application.
     *
     * @param ofApplication makes threads of the application
     */
    public void reloadOn(ThreadFactory ofApplication) {
        threads = ofApplication;
    }

    /**
     * Reports the application's clients from now on.
     *
     * @param ofApplication the clients
     */
    public void report(ClientReports ofApplication) {
        clients = ofApplication;
    }

    void setApplication(String name) {
        application = name;
    }

    @Override
    public String getApplication() {
        return application;
    }

    @Override
    public String getVersion() {
        String version = SluiceMXBean.class.getPackage().getImplementationVersion();
        return version == null ? UNKNOWN : version;
    }

    @Override
    public List<ContextInfo> getContexts() {
        return contexts.names().stream()
                .<ContextInfo>map(name -> ContextRow.of(contexts.describe(name)))
                .toList();
    }

    @Override
    public List<ServerInfo> getServers() {
        return servers.describe().stream().<ServerInfo>map(ServerRow::of).toList();
    }

    @Override
    public List<ClientInfo> getClients() {
        return clients.clients();
    }

    @Override
    public List<FailureInfo> getJournal() {
        return journal.entries().stream().<FailureInfo>map(FailureRow::of).toList();
    }

    @Override
    public long getOmittedFailures() {
        return journal.omitted();
    }

    @Override
    public List<PolicyInfo> getPolicies() {
        return journal.policies().stream().<PolicyInfo>map(PolicyRow::of).toList();
    }

    @Override
    public String getJson() {
        return RecordJson.of(new Document(
                getApplication(),
                getVersion(),
                Instant.now(),
                getContexts(),
                getServers(),
                getClients(),
                getJournal(),
                getOmittedFailures(),
                getPolicies()));
    }

    @Override
    public void reload(String context) {
        FutureTask<Void> task = new FutureTask<>(() -> {
            contexts.reload(context);
            return null;
        });
        threads.newThread(task).start();
        try {
            task.get(RELOAD_LIMIT.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            // A remote caller may lack the class of the exception.
            Throwable cause = Objects.requireNonNull(e.getCause());
            throw new IllegalArgumentException(cause.getMessage());
        } catch (TimeoutException e) {
            throw new IllegalStateException("the reload of context '" + context + "' has not ended after "
                    + RELOAD_LIMIT.toSeconds() + " s. It goes on. Look at the context's generation and problems");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for the reload of context '" + context + "'");
        }
    }
}
