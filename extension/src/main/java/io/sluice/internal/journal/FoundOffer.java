package io.sluice.internal.journal;

import io.sluice.internal.tls.hello.ClientHello;
import io.sluice.internal.tls.hello.PeerHello;
import io.sluice.journal.HandshakeOffer;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.StringJoiner;

/** What one side offers, with lists that a peer cannot make long. */
record FoundOffer(
        List<String> versions,
        List<String> cipherSuites,
        List<String> groups,
        List<String> signatureSchemes,
        List<String> applicationProtocols,
        Optional<String> serverName,
        List<String> issuers)
        implements HandshakeOffer {

    static final FoundOffer NOTHING =
            new FoundOffer(List.of(), List.of(), List.of(), List.of(), List.of(), Optional.empty(), List.of());

    private static final int MOST = 100;
    private static final int LONGEST_NAME = 255;

    /** The names that a report lists. */
    private static final int SHOWN = 12;

    FoundOffer {
        versions = bounded(versions);
        cipherSuites = bounded(cipherSuites);
        groups = bounded(groups);
        signatureSchemes = bounded(signatureSchemes);
        applicationProtocols = bounded(applicationProtocols);
        issuers = bounded(issuers);
    }

    private static List<String> bounded(List<String> names) {
        return names.stream().limit(MOST).toList();
    }

    static FoundOffer ofClient(ByteBuffer hello, boolean mask) {
        Optional<PeerHello> seen = hello.hasRemaining() ? PeerHello.of(hello) : Optional.empty();
        return seen.map(offer -> new FoundOffer(
                        offer.versions(),
                        offer.cipherSuites(),
                        offer.groups(),
                        offer.signatureSchemes(),
                        offer.applicationProtocols(),
                        mask ? Optional.empty() : serverName(hello),
                        List.of()))
                .orElse(NOTHING);
    }

    /** The peer must not be able to forge lines of a report. */
    private static Optional<String> serverName(ByteBuffer hello) {
        return ClientHello.of(hello)
                .flatMap(ClientHello::serverName)
                .filter(name -> name.length() <= LONGEST_NAME)
                .filter(name -> name.chars().allMatch(c -> c > ' ' && c <= '~'));
    }

    static FoundOffer ofServer(Optional<PeerHello> server, List<String> issuers) {
        return server.map(offer -> new FoundOffer(
                        offer.versions(),
                        offer.cipherSuites(),
                        offer.groups(),
                        offer.signatureSchemes(),
                        offer.applicationProtocols(),
                        Optional.empty(),
                        issuers))
                .orElse(new FoundOffer(
                        List.of(), List.of(), List.of(), List.of(), List.of(), Optional.empty(), issuers));
    }

    /** Whether the lists of both sides are known and have nothing in common. */
    static boolean areDisjoint(List<String> ours, List<String> theirs) {
        return !ours.isEmpty()
                && !theirs.isEmpty()
                && ours.stream().noneMatch(name -> theirs.stream().anyMatch(name::equalsIgnoreCase));
    }

    @Override
    public String toString() {
        StringJoiner text = new StringJoiner("; ");
        add(text, "versions", versions);
        add(text, "suites", cipherSuites);
        add(text, "groups", groups);
        add(text, "signatures", signatureSchemes);
        add(text, "ALPN", applicationProtocols);
        serverName.ifPresent(name -> text.add("SNI " + name));
        add(text, "issuers", issuers);
        return text.length() == 0 ? "not known" : text.toString();
    }

    private static void add(StringJoiner text, String what, List<String> names) {
        if (!names.isEmpty()) {
            int more = names.size() - SHOWN;
            String listed = String.join(", ", names.subList(0, Math.min(SHOWN, names.size())));
            text.add(what + " " + listed + (more > 0 ? String.format(Locale.ROOT, " and %d more", more) : ""));
        }
    }
}
