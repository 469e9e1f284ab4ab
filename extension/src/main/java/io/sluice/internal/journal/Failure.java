package io.sluice.internal.journal;

import io.sluice.context.SslSide;
import io.sluice.internal.tls.HandshakeEvidence;
import io.sluice.internal.tls.TransportException;
import io.sluice.stream.SocketStreamException;
import io.sluice.stream.SocketStreamException.Kind;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A failure as it happened, before it is explained.
 *
 * @param place where it happened
 * @param peer the peer
 * @param local this side's address; null if there was no connection
 * @param condition the reason
 * @param duration the time of the handshake
 * @param evidence what was known about the handshake; null if nothing was
 */
public record Failure(
        Place place,
        RemotePeer peer,
        @Nullable InetSocketAddress local,
        SocketStreamException condition,
        Duration duration,
        @Nullable HandshakeEvidence evidence) {

    /**
     * Where failures happen that are kept together.
     *
     * @param context the name of the context, if it has one
     * @param endpoint the endpoint that accepted the connection; empty for creators and connectors
     * @param side this side
     */
    public record Place(Optional<String> context, Optional<String> endpoint, SslSide side) {}

    boolean isClient() {
        return place.side() == SslSide.CLIENT;
    }

    Kind kind() {
        return condition.kind();
    }

    /** The failure of the transport behind the condition. */
    Optional<TransportException> transport() {
        return transport(condition);
    }

    static Optional<TransportException> transport(Throwable condition) {
        for (Throwable t = condition; t != null; t = t.getCause()) {
            if (t instanceof TransportException failure) {
                return Optional.of(failure);
            }
        }
        return Optional.empty();
    }

    /** The code of the peer's alert, or -1. */
    int alert() {
        return transport().map(failure -> failure.alert().orElse(-1)).orElse(-1);
    }
}
