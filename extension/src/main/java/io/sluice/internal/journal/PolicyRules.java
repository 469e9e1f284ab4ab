package io.sluice.internal.journal;

import io.sluice.context.callback.PeerVerdict;
import io.sluice.internal.settings.ReportOnlyPolicy.Kind;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The policies that need nothing but the connection: what a stricter setting would object to. */
final class PolicyRules {

    private static final String TLS_1_3 = "TLSv1.3";
    private static final String ML_KEM = "MLKEM";
    private static final String RSA = "RSA";

    private PolicyRules() {}

    /** Whether a policy is about the connections of this side. A client that nobody asks cannot send a certificate. */
    static boolean applies(Kind kind, CheckedConnection connection) {
        return kind != Kind.CLIENT_CERT
                || connection.isServer()
                        && connection.session().verification().result() != PeerVerdict.Result.NOT_ASKED;
    }

    /** Whether the client's first message may be needed: a server may have chosen less than the client offers. */
    static boolean needsHello(Kind kind) {
        return kind == Kind.TLS13 || kind == Kind.PQ;
    }

    /** Returns why the setting would refuse the peer; empty if it would not. */
    static Optional<String> objection(Kind kind, CheckedConnection connection) {
        return switch (kind) {
            case TLS13 -> tls13(connection);
            case PQ -> hybridGroup(connection);
            case CLIENT_CERT ->
                connection.session().peerCertificates().isEmpty()
                        ? Optional.of("it sent no certificate")
                        : Optional.empty();
            case NO_RSA ->
                rsa(connection.session().peerCertificates(), "the peer's")
                        .or(() -> rsa(connection.session().localCertificates(), "this side's"));
            case TRUST -> Optional.empty();
        };
    }

    private static Optional<String> tls13(CheckedConnection connection) {
        String version = connection.session().protocol();
        boolean isOffered = version.equals(TLS_1_3)
                || connection.isServer()
                        && connection
                                .offer()
                                .filter(offer -> offer.versions().contains(TLS_1_3))
                                .isPresent();
        return isOffered ? Optional.empty() : Optional.of(version + " was negotiated");
    }

    private static Optional<String> hybridGroup(CheckedConnection connection) {
        Optional<String> group = connection.session().group();
        boolean isOffered = group.filter(PolicyRules::isHybrid).isPresent()
                || connection.isServer()
                        && connection
                                .offer()
                                .filter(offer -> offer.versions().contains(TLS_1_3)
                                        && offer.groups().stream().anyMatch(PolicyRules::isHybrid))
                                .isPresent();
        return isOffered
                ? Optional.empty()
                : Optional.of(group.map(name -> "keys were exchanged with " + name)
                        .orElse("keys were exchanged without a group"));
    }

    /** A classical group and ML-KEM together, such as X25519MLKEM768. */
    private static boolean isHybrid(String group) {
        String name = group.toUpperCase(Locale.ROOT);
        return name.contains(ML_KEM) && !name.startsWith(ML_KEM);
    }

    private static Optional<String> rsa(List<X509Certificate> chain, String whose) {
        for (X509Certificate certificate : chain) {
            String subject = certificate.getSubjectX500Principal().getName();
            if (certificate.getPublicKey().getAlgorithm().startsWith(RSA)) {
                return Optional.of(whose + " certificate '" + subject + "' has an RSA key");
            }
            if (certificate.getSigAlgName().toUpperCase(Locale.ROOT).contains(RSA)) {
                return Optional.of(whose + " certificate '" + subject + "' has an RSA signature");
            }
        }
        return Optional.empty();
    }
}
