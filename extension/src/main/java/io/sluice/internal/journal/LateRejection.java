package io.sluice.internal.journal;

import io.sluice.internal.tls.HandshakeEvidence;
import io.sluice.internal.tls.TransportException;
import io.sluice.internal.tls.hello.PeerHello;
import io.sluice.stream.SocketStreamException;
import io.sluice.stream.SocketStreamException.Kind;
import io.sluice.stream.TlsSession;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/** A server's rejection of a client's certificate after the client's last message, as TLS 1.3 has it (RFC 8446, 4.4.2.4). */
public final class LateRejection {

    private LateRejection() {}

    /**
     * Tests whether a condition is one.
     *
     * @param condition the condition of a client after its handshake
     * @return true if the server has sent an alert about the client's certificate
     */
    public static boolean is(SocketStreamException condition) {
        return condition.kind() == Kind.REJECTED_BY_PEER
                && Failure.transport(condition)
                        .filter(failure -> FailedStep.isOfCertificate(alert(failure)))
                        .isPresent();
    }

    private static int alert(TransportException failure) {
        return failure.alert().orElse(-1);
    }

    /**
     * Gives what is left of the evidence. The hello is not kept after a handshake.
     *
     * @param session what was negotiated
     * @return the evidence
     */
    public static HandshakeEvidence evidence(TlsSession session) {
        PeerHello selected = new PeerHello(
                List.of(session.protocol()),
                List.of(session.cipherSuite()),
                session.applicationProtocol().stream().toList(),
                session.group().stream().toList(),
                List.of());
        return new HandshakeEvidence(
                true,
                Optional.empty(),
                ByteBuffer.allocate(0),
                Optional.of(selected),
                session.peerCertificates(),
                session.localCertificates(),
                List.of(),
                false,
                session.localCertificates().isEmpty(),
                true);
    }
}
