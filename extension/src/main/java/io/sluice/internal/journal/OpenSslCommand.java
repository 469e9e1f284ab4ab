package io.sluice.internal.journal;

import io.sluice.internal.journal.Diagnosis.Lack;
import io.sluice.internal.tls.HandshakeEvidence;
import io.sluice.journal.HandshakeStep;
import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Makes the command that repeats a failed handshake with OpenSSL. */
final class OpenSslCommand {

    private static final Pattern PEM_FILE = Pattern.compile("[^,]+\\.(pem|crt|cer)");

    /** A default list of suites is longer, and does not cause a failure. */
    private static final int FEW_SUITES = 10;

    private final Failure failure;
    private final HandshakeStep step;
    private final FoundOffer client;
    private final Lack lack;
    private final ContextFacts facts;
    private final boolean mask;

    private OpenSslCommand(
            Failure failure, HandshakeStep step, FoundOffer client, Lack lack, ContextFacts facts, boolean mask) {
        this.failure = failure;
        this.step = step;
        this.client = client;
        this.lack = lack;
        this.facts = facts;
        this.mask = mask;
    }

    static Optional<String> of(
            Failure failure, HandshakeStep step, FoundOffer client, Lack lack, ContextFacts facts, boolean mask) {
        return new OpenSslCommand(failure, step, client, lack, facts, mask).line();
    }

    private Optional<String> line() {
        if (failure.isClient()) {
            return mask || step == HandshakeStep.CONTEXT
                    ? Optional.empty()
                    : Optional.of(asClient(failure.peer().toString()));
        }
        InetSocketAddress local = failure.local();
        if (local == null || local.getAddress() == null) {
            return Optional.empty();
        }
        return switch (step) {
            case HELLO, NEGOTIATION, CLIENT_CERTIFICATE ->
                client.versions().isEmpty()
                        ? Optional.empty()
                        : Optional.of(asClient(RemotePeer.of(local).toString()));
            case SERVER_CERTIFICATE, FINISHED -> Optional.of(asServer(local.getPort()));
            default -> Optional.empty();
        };
    }

    /** Takes the place of the client, with its offer. */
    private String asClient(String target) {
        ShellCommand command = new ShellCommand("openssl s_client").option("-connect", target);
        client.serverName()
                .filter(name -> ShellCommand.quoted(name).isPresent())
                .ifPresentOrElse(name -> command.option("-servername", name), () -> {
                    if (!mask) {
                        command.word("-noservername");
                    }
                });
        versions(command);
        if (step == HandshakeStep.NEGOTIATION) {
            negotiated(command);
        }
        command.list("-alpn", client.applicationProtocols(), ",");
        certificates(command);
        return command.word("</dev/null").toString();
    }

    private void versions(ShellCommand command) {
        List<String> versions = OpenSslNames.versions(client.versions());
        if (!versions.isEmpty()) {
            command.option("-min_protocol", versions.get(0)).option("-max_protocol", versions.get(versions.size() - 1));
        }
        // OpenSSL 3 has versions before TLS 1.2 at its lowest level of security only.
        if (!versions.isEmpty() && OpenSslNames.isOld(versions.get(versions.size() - 1))) {
            command.option("-cipher", "ALL:@SECLEVEL=0");
        }
    }

    /** Only what matters, because a list of suites is long. */
    private void negotiated(ShellCommand command) {
        boolean isShort = client.cipherSuites().size() <= FEW_SUITES;
        if (lack == Lack.CIPHER_SUITE || lack == Lack.KEY || lack == Lack.NOTHING && isShort) {
            command.list("-ciphersuites", OpenSslNames.newSuites(client.cipherSuites()), ":")
                    .list("-cipher", OpenSslNames.oldSuites(client.cipherSuites()), ":");
        }
        if (lack == Lack.GROUP) {
            command.list("-groups", OpenSslNames.groups(client.groups()), ":");
        }
        if (lack == Lack.SIGNATURE_SCHEME || lack == Lack.KEY) {
            command.list("-sigalgs", OpenSslNames.schemes(client.signatureSchemes()), ":");
        }
    }

    private void certificates(ShellCommand command) {
        HandshakeEvidence evidence = failure.evidence();
        boolean sendsOne = failure.isClient()
                ? evidence != null && !evidence.localCertificates().isEmpty()
                : evidence != null && !evidence.peerCertificates().isEmpty();
        if (sendsOne) {
            command.option("-cert", failure.isClient() ? ownCertificate("client.pem") : "client.pem")
                    .option("-key", "client.key");
        }
        if (step == HandshakeStep.SERVER_CERTIFICATE && failure.isClient()) {
            command.option("-CAfile", file(facts.trustSource(failure.place().context()), "trust.pem"))
                    .word("-verify_return_error");
            client.serverName()
                    .or(() -> evidence == null ? Optional.empty() : evidence.host())
                    .ifPresent(name -> command.option(isAddress(name) ? "-verify_ip" : "-verify_hostname", name));
        }
        if (step == HandshakeStep.CLIENT_CERTIFICATE) {
            command.word("-ign_eof"); // In TLS 1.3, the server's answer comes after the client's last message.
        }
    }

    private static boolean isAddress(String host) {
        return host.indexOf(':') >= 0 || host.chars().allMatch(c -> c == '.' || c >= '0' && c <= '9');
    }

    /** Takes the place of this server, so that the same client connects to it. */
    private String asServer(int port) {
        return new ShellCommand("openssl s_server")
                .option("-accept", String.valueOf(port))
                .option("-cert", ownCertificate("server.pem"))
                .option("-key", "server.key")
                .word("-state")
                .toString();
    }

    private String ownCertificate(String otherwise) {
        HandshakeEvidence evidence = failure.evidence();
        List<X509Certificate> sent = evidence == null ? List.of() : evidence.localCertificates();
        return file(facts.ownCertificate(failure.place().context(), sent).map(known -> known.source()), otherwise);
    }

    /** A file that OpenSSL can read; a name that stands for it if it is not one. */
    private static String file(Optional<String> source, String otherwise) {
        return source.filter(name -> PEM_FILE.matcher(name).matches())
                .filter(name -> ShellCommand.quoted(name).isPresent())
                .orElse(otherwise);
    }
}
