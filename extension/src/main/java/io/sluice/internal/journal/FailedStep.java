package io.sluice.internal.journal;

import io.sluice.internal.tls.HandshakeEvidence;
import io.sluice.internal.tls.TransportException.Stage;
import io.sluice.journal.HandshakeStep;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds the step at which a handshake failed. */
final class FailedStep {

    /**
     * The alerts about a certificate: 41 no_certificate, 42 bad_certificate, 43 unsupported_certificate, 44 certificate_revoked, 45
     * certificate_expired, 46 certificate_unknown, 48 unknown_ca, 49 access_denied, 113 bad_certificate_status_response, 114
     * bad_certificate_hash_value, 116 certificate_required.
     */
    private static final Set<Integer> OF_CERTIFICATES = Set.of(41, 42, 43, 44, 45, 46, 48, 49, 113, 114, 116);

    private static final int UNRECOGNIZED_NAME = 112;

    private FailedStep() {}

    static boolean isOfCertificate(int alert) {
        return OF_CERTIFICATES.contains(alert);
    }

    static HandshakeStep of(Failure failure) {
        HandshakeStep ofPeersCertificate =
                failure.isClient() ? HandshakeStep.SERVER_CERTIFICATE : HandshakeStep.CLIENT_CERTIFICATE;
        return switch (failure.kind()) {
            case CONNECT_TIMEOUT, CONNECT_FAILED -> HandshakeStep.CONNECTING;
            case PROXY_HEADER_INVALID, PROXY_NOT_TRUSTED -> HandshakeStep.PROXY_HEADER;
            case HANDSHAKE_TIMEOUT ->
                failure.transport()
                                .filter(cause -> cause.stage() == Stage.PREAMBLE)
                                .isPresent()
                        ? HandshakeStep.PROXY_HEADER
                        : HandshakeStep.DEADLINE;
            case CONTEXT_UNUSABLE, SOCKET_UNUSABLE -> HandshakeStep.CONTEXT;
            case NOT_TLS -> HandshakeStep.FIRST_BYTES;
            case SERVER_NAME_REFUSED -> HandshakeStep.HELLO;
            case VERSION_OR_CIPHER_MISMATCH, ALPN_MISMATCH -> HandshakeStep.NEGOTIATION;
            case CERTIFICATE_EXPIRED,
                    CERTIFICATE_NOT_YET_VALID,
                    CERTIFICATE_UNKNOWN_ISSUER,
                    CERTIFICATE_WRONG_HOST,
                    CERTIFICATE_REVOKED,
                    CERTIFICATE_WRONG_USAGE,
                    CERTIFICATE_NOT_ALLOWED,
                    CERTIFICATE_INVALID -> ofPeersCertificate;
            case CLIENT_CERTIFICATE_MISSING -> HandshakeStep.CLIENT_CERTIFICATE;
            case REJECTED_BY_PEER -> rejected(failure);
            default -> reached(failure.evidence());
        };
    }

    private static HandshakeStep rejected(Failure failure) {
        HandshakeEvidence evidence = failure.evidence();
        if (isOfCertificate(failure.alert()) || evidence != null && evidence.lacksCertificate()) {
            return failure.isClient() ? HandshakeStep.CLIENT_CERTIFICATE : HandshakeStep.SERVER_CERTIFICATE;
        }
        return failure.alert() == UNRECOGNIZED_NAME ? HandshakeStep.HELLO : reached(failure.evidence());
    }

    private static HandshakeStep reached(@Nullable HandshakeEvidence evidence) {
        if (evidence == null) {
            return HandshakeStep.FIRST_BYTES;
        }
        boolean isAgreed = evidence.isClient()
                ? evidence.server().isPresent()
                : evidence.clientHello().hasRemaining();
        if (isAgreed) {
            return HandshakeStep.FINISHED;
        }
        return evidence.heard() ? HandshakeStep.HELLO : HandshakeStep.FIRST_BYTES;
    }
}
