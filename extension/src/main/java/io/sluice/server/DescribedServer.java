package io.sluice.server;

import io.sluice.internal.Internal;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The description of a server, or of an endpoint that does not listen yet.
 *
 * @param settings its settings
 * @param context the name of its context, if it has one
 * @param isEndpoint whether it is an endpoint
 * @param state its state
 * @param server the server; null if it does not listen yet
 * @hidden
 */
@Internal
public record DescribedServer(
        ServerSettings settings,
        Optional<String> context,
        boolean isEndpoint,
        State state,
        @Nullable AcceptingServer server)
        implements ServerDescription {

    @Override
    public String name() {
        return settings.name();
    }

    @Override
    public InetSocketAddress address() {
        return server == null ? settings.address() : server.address();
    }

    @Override
    public ServerCounts counts() {
        return server == null ? ConnectionReports.NO_COUNTS : server.counts();
    }

    @Override
    public List<ConnectionDescription> connections() {
        return server == null ? List.of() : server.describeConnections();
    }
}
