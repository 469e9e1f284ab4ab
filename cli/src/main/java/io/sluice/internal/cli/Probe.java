package io.sluice.internal.cli;

import io.sluice.context.NamedSslContext;
import io.sluice.context.SslSide;
import io.sluice.stream.Initarg;
import io.sluice.stream.OpenStreams;
import io.sluice.stream.SocketStream;
import io.sluice.stream.SocketStreamException;
import io.sluice.stream.SocketStreamException.Kind;
import io.sluice.stream.StreamFactory;
import io.sluice.stream.StreamFactory.CreationDefaults;
import io.sluice.stream.StreamObserver;
import io.sluice.stream.StreamResult;
import io.sluice.stream.StreamResult.Failed;
import io.sluice.stream.StreamResult.Opened;
import io.sluice.stream.TlsSession;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * One connection to a peer, made as the connector of a context makes it, and closed at once.
 *
 * @param peer the peer
 * @param context the context
 * @param settle how long to wait for a refusal after the handshake
 */
record Probe(PeerAddress peer, NamedSslContext context, Duration settle) {

    /** The peer is silent, as servers are whose clients speak first. */
    private static final Kind SILENT = Kind.READ_TIMEOUT;

    /** The peer has ended the connection without an alert, which says nothing about TLS. */
    private static final Set<Kind> ENDED = EnumSet.of(Kind.PEER_CLOSED, Kind.TRUNCATED, Kind.IO, Kind.CLOSED);

    ProbeReport run(Initarg... initargs) throws CommandFailure {
        StreamFactory factory = new StreamFactory(new ContainerlessStreams(), new OpenStreams(), StreamObserver.NONE);
        CreationDefaults defaults = new CreationDefaults(context, false, SslSide.CLIENT);
        StreamResult<SocketStream> result;
        try {
            result = factory.connect(peer.host(), peer.port(), SocketStream.class, defaults, initargs);
        } catch (SocketStreamException e) {
            return ProbeReport.failed(peer, context, e);
        } catch (IllegalArgumentException e) {
            throw CommandFailure.usage(String.valueOf(e.getMessage()));
        }
        if (result instanceof Failed<SocketStream> failed) {
            return ProbeReport.failed(peer, context, failed.condition());
        }
        try (SocketStream stream = ((Opened<SocketStream>) result).stream()) {
            return afterHandshake(stream);
        }
    }

    /** With TLS 1.3, the client's handshake is complete before the server has seen the client's certificate (RFC 8446, 4.4.4). */
    private ProbeReport afterHandshake(SocketStream stream) {
        Optional<TlsSession> session = stream.tls();
        if (session.filter(known -> known.protocol().equals("TLSv1.3")).isEmpty()) {
            return ProbeReport.connected(peer, context, stream.remoteAddress(), session, "");
        }
        String remark = "";
        try {
            stream.readTimeout(settle);
            if (stream.read(ByteBuffer.allocate(1)) < 0) {
                remark = "the peer closed the connection after the handshake";
            }
        } catch (SocketStreamException e) {
            if (e.kind() != SILENT && !ENDED.contains(e.kind())) {
                return ProbeReport.failed(peer, context, e);
            }
            if (e.kind() != SILENT) {
                remark = "the peer ended the connection after the handshake, without an alert";
            }
        }
        return ProbeReport.connected(peer, context, stream.remoteAddress(), session, remark);
    }
}
