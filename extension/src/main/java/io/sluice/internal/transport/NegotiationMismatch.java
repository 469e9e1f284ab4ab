package io.sluice.internal.transport;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.SSLEngine;

/**
 * What two sides that could not agree had to offer.
 *
 * @param ours this side's versions and cipher suites
 * @param theirs the peer's, where its first message told
 * @param ourProtocols the application protocols that this side offers by ALPN; empty if its engine names none
 * @param theirProtocols those of the peer, if its first message showed them
 */
public record NegotiationMismatch(
        String ours, Optional<String> theirs, Optional<String> ourProtocols, Optional<String> theirProtocols) {

    /** So many are named, the others counted: a peer may offer thousands. */
    private static final int NAMED = 4;

    /** A form of the first message. */
    private static final String NO_VERSION = "SSLv2Hello";

    /** Netty's engine has forgotten its suites when it has failed. */
    static NegotiationMismatch of(SSLEngine engine, Optional<PeerHello> peer) {
        List<String> versions = Stream.of(engine.getEnabledProtocols())
                .filter(version -> !version.equals(NO_VERSION))
                .toList();
        return new NegotiationMismatch(
                words(versions, List.of(engine.getEnabledCipherSuites())),
                peer.map(hello -> words(hello.versions(), hello.cipherSuites())),
                protocols(List.of(engine.getSSLParameters().getApplicationProtocols())),
                peer.flatMap(hello -> protocols(hello.applicationProtocols())));
    }

    private static String words(List<String> versions, List<String> suites) {
        return listed(versions) + (suites.isEmpty() ? "" : " with " + listed(suites));
    }

    private static Optional<String> protocols(List<String> names) {
        return names.isEmpty() ? Optional.empty() : Optional.of(listed(names));
    }

    private static String listed(List<String> names) {
        int more = names.size() - NAMED;
        return more > 0
                ? String.join(", ", names.subList(0, NAMED)) + " and " + more + " more"
                : String.join(", ", names);
    }

    /**
     * Which application protocols both sides offer, as far as this side knows.
     *
     * @return the words; empty if nothing is known
     */
    public String applicationProtocols() {
        return Stream.of(ourProtocols.map("this side offers "::concat), theirProtocols.map("the peer offers "::concat))
                .flatMap(Optional::stream)
                .collect(Collectors.joining(", "));
    }

    @Override
    public String toString() {
        return "this side has " + ours
                + theirs.map(peer -> ", the peer " + peer).orElse("");
    }
}
