package io.sluice.internal.management;

import io.sluice.context.SslContextException;
import io.sluice.context.SslContexts;
import io.sluice.journal.HandshakeJournal;
import io.sluice.management.ContextInfo;
import io.sluice.management.FailureInfo;
import io.sluice.management.PolicyInfo;
import io.sluice.management.ServerInfo;
import io.sluice.management.SluiceMXBean;
import io.sluice.server.SocketServers;
import java.time.Instant;
import java.util.List;

/** Reports what Sluice does in one application. Thread-safe. */
public final class ServiceReport implements SluiceMXBean {

    private static final String UNKNOWN = "unknown";

    private record Document(
            String application,
            String version,
            Instant time,
            List<ContextInfo> contexts,
            List<ServerInfo> servers,
            List<FailureInfo> journal,
            long omittedFailures,
            List<PolicyInfo> policies) {}

    private final SslContexts contexts;
    private final SocketServers servers;
    private final HandshakeJournal journal;
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
                getJournal(),
                getOmittedFailures(),
                getPolicies()));
    }

    @Override
    public void reload(String context) {
        try {
            contexts.reload(context);
        } catch (SslContextException e) {
            // A remote caller may lack the class of this exception.
            throw new IllegalArgumentException(e.getMessage());
        }
    }
}
