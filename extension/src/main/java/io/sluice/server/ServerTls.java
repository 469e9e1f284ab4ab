package io.sluice.server;

import io.sluice.internal.Internal;
import io.sluice.internal.context.ReloadableContext;
import java.util.Optional;

/**
 * What a server knows about the TLS of its streams.
 *
 * @param context the named context of the streams; empty if they have none, or the server passes on sockets
 * @param challenges answers an authority's challenges
 * @hidden
 */
@Internal
public record ServerTls(Optional<ReloadableContext> context, ChallengeResponder challenges) {

    /**
     * For a server that knows nothing about TLS.
     *
     * @return no context, no challenges
     */
    public static ServerTls none() {
        return new ServerTls(Optional.empty(), ChallengeResponder.none());
    }
}
