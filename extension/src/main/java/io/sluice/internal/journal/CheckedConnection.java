package io.sluice.internal.journal;

import io.sluice.context.SslSide;
import io.sluice.internal.tls.hello.PeerHello;
import io.sluice.stream.TlsSession;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A complete handshake that policies check.
 *
 * @param side this side
 * @param peer the peer
 * @param session what was negotiated
 * @param hello the client's first message; null if it was not kept
 * @param time when it was complete
 */
record CheckedConnection(
        SslSide side,
        RemotePeer peer,
        TlsSession session,
        @Nullable ByteBuffer hello,
        Instant time) {

    boolean isServer() {
        return side == SslSide.SERVER;
    }

    /** What the client offers, whatever was negotiated. */
    Optional<PeerHello> offer() {
        return hello == null || !hello.hasRemaining() ? Optional.empty() : PeerHello.of(hello.duplicate());
    }

    /** The name in a list of peers. */
    String name(boolean mask) {
        return mask || session.peerCertificates().isEmpty()
                ? peer.network()
                : session.peerCertificates().get(0).getSubjectX500Principal().getName();
    }
}
