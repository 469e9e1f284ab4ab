package io.sluice.stream.transport;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLEngine;

/**
 * What two sides that could not agree had to offer.
 *
 * @param ours this side's versions and cipher suites
 * @param theirs the peer's, where its first message told
 */
public record Offers(String ours, Optional<String> theirs) {

    /** So many are named, the others counted: a peer may offer thousands. */
    private static final int NAMED = 4;

    /** A form of the first message. */
    private static final String NO_VERSION = "SSLv2Hello";

    /** Netty's engine has forgotten its suites when it has failed. */
    static Offers of(SSLEngine engine, Optional<PeerHello> peer) {
        List<String> versions = Stream.of(engine.getEnabledProtocols())
                .filter(version -> !version.equals(NO_VERSION))
                .toList();
        return new Offers(
                words(versions, List.of(engine.getEnabledCipherSuites())),
                peer.map(hello -> words(hello.versions(), hello.cipherSuites())));
    }

    private static String words(List<String> versions, List<String> suites) {
        return listed(versions) + (suites.isEmpty() ? "" : " with " + listed(suites));
    }

    private static String listed(List<String> names) {
        int more = names.size() - NAMED;
        return more > 0
                ? String.join(", ", names.subList(0, NAMED)) + " and " + more + " more"
                : String.join(", ", names);
    }

    @Override
    public String toString() {
        return "this side has " + ours
                + theirs.map(peer -> ", the peer " + peer).orElse("");
    }
}
