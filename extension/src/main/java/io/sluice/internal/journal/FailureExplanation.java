package io.sluice.internal.journal;

import io.sluice.context.CertificateDescription;
import io.sluice.internal.context.DescribedCertificate;
import io.sluice.internal.tls.HandshakeEvidence;
import io.sluice.internal.tls.hello.Ja4;
import io.sluice.journal.HandshakeStep;
import java.nio.ByteBuffer;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Explains a failure. Made only for failures that the journal keeps. */
final class FailureExplanation {

    private static final ByteBuffer NO_HELLO = ByteBuffer.allocate(0);
    private static final int LONGEST_MESSAGE = 2_000;

    private FailureExplanation() {}

    static FailureEntry of(Failure failure, Instant now, boolean mask, ContextFacts facts) {
        HandshakeEvidence evidence = failure.evidence();
        ByteBuffer hello = evidence == null ? NO_HELLO : evidence.clientHello();
        FoundOffer client = FoundOffer.ofClient(hello.duplicate(), mask);
        FoundOffer server = evidence == null
                ? FoundOffer.NOTHING
                : FoundOffer.ofServer(evidence.server(), issuers(failure, evidence, mask, facts));
        HandshakeStep step =
                Diagnosis.shareNothing(failure, client, server) ? HandshakeStep.NEGOTIATION : FailedStep.of(failure);
        Diagnosis diagnosis = Diagnosis.of(failure, step, client, server, facts);
        Optional<CertificateDescription> certificate = certificate(failure, step, facts);
        boolean isPeers = certificate.isPresent() && isOfPeer(failure, step);
        return new FailureEntry(
                now,
                now,
                1,
                failure.place().context(),
                failure.place().endpoint(),
                failure.place().side(),
                mask ? failure.peer().network() : failure.peer().toString(),
                failure.kind(),
                message(failure, step, mask, certificate.filter(known -> isPeers)),
                step,
                failure.duration(),
                hello.hasRemaining() ? Ja4.of(hello.duplicate()) : Optional.empty(),
                client,
                server,
                certificate.filter(known -> !(mask && isPeers)),
                diagnosis.setting(),
                diagnosis.remedy(),
                OpenSslCommand.of(failure, step, client, diagnosis.lack(), facts, mask));
    }

    /** A server names the authorities that it accepts. Those of a masked server would name it. */
    private static List<String> issuers(Failure failure, HandshakeEvidence evidence, boolean mask, ContextFacts facts) {
        if (failure.isClient()) {
            return mask ? List.of() : evidence.issuers();
        }
        return evidence.asksClient() ? facts.issuers(failure.place().context()) : List.of();
    }

    private static boolean isOfPeer(Failure failure, HandshakeStep step) {
        return (step == HandshakeStep.SERVER_CERTIFICATE) == failure.isClient();
    }

    private static Optional<CertificateDescription> certificate(
            Failure failure, HandshakeStep step, ContextFacts facts) {
        if (step != HandshakeStep.SERVER_CERTIFICATE && step != HandshakeStep.CLIENT_CERTIFICATE) {
            return Optional.empty();
        }
        HandshakeEvidence evidence = failure.evidence();
        if (isOfPeer(failure, step)) {
            return evidence == null ? Optional.empty() : first(evidence.peerCertificates(), "the peer");
        }
        Optional<CertificateDescription> sent =
                evidence == null ? Optional.empty() : first(evidence.localCertificates(), "this side");
        Optional<CertificateDescription> own =
                facts.ownCertificate(failure.place().context());
        if (sent.isEmpty()) {
            // A client may have had none that fits; a server always sends one.
            return failure.isClient() ? Optional.empty() : own;
        }
        return own.filter(known -> known.certificate().equals(sent.get().certificate()))
                .or(() -> sent);
    }

    private static Optional<CertificateDescription> first(List<X509Certificate> chain, String source) {
        return chain.stream()
                .<CertificateDescription>map(certificate -> new DescribedCertificate(certificate, source))
                .findFirst();
    }

    private static String message(
            Failure failure, HandshakeStep step, boolean mask, Optional<CertificateDescription> ofPeer) {
        if (!mask) {
            String message = String.valueOf(failure.condition().getMessage());
            return message.length() > LONGEST_MESSAGE ? message.substring(0, LONGEST_MESSAGE) + "…" : message;
        }
        return failure.kind() + " at step " + step
                + ofPeer.map(known -> "; the peer's certificate is valid from " + known.notBefore() + " to "
                                + known.notAfter())
                        .orElse("");
    }
}
