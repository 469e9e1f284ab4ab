package io.sluice.internal.journal;

import io.sluice.context.CertificateDescription;
import io.sluice.internal.context.DescribedCertificate;
import io.sluice.internal.tls.HandshakeEvidence;
import io.sluice.internal.tls.hello.Ja4;
import io.sluice.journal.HandshakeStep;
import io.sluice.stream.SocketStreamException.Kind;
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
        String remedy = mask ? diagnosis.masked() : diagnosis.remedy();
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
                remedy,
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
        List<X509Certificate> sent = evidence == null ? List.of() : evidence.localCertificates();
        if (sent.isEmpty() && failure.isClient()) {
            return Optional.empty(); // It may have had none that fits; a server always sends one.
        }
        return facts.ownCertificate(failure.place().context(), sent).or(() -> first(sent, "this side"));
    }

    private static Optional<CertificateDescription> first(List<X509Certificate> chain, String source) {
        return chain.stream()
                .<CertificateDescription>map(certificate -> new DescribedCertificate(certificate, source))
                .findFirst();
    }

    private static String message(
            Failure failure, HandshakeStep step, boolean mask, Optional<CertificateDescription> ofPeer) {
        String message = String.valueOf(failure.condition().getMessage());
        if (!mask) {
            return shortened(message);
        }
        if (failure.kind() == Kind.CONTEXT_UNUSABLE) { // It is about this side.
            String unnamed =
                    message.replace(failure.peer().toString(), failure.peer().network());
            if (!unnamed.contains(failure.peer().host())) {
                return shortened(unnamed);
            }
        }
        return failure.kind() + " at step " + step
                + ofPeer.map(known -> "; the peer's certificate is valid from " + known.notBefore() + " to "
                                + known.notAfter())
                        .orElse("");
    }

    private static String shortened(String message) {
        return message.length() > LONGEST_MESSAGE ? message.substring(0, LONGEST_MESSAGE) + "…" : message;
    }
}
