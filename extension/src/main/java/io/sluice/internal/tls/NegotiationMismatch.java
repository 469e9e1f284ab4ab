package io.sluice.internal.tls;

import io.sluice.internal.engine.EngineAdapter;
import io.sluice.internal.jsse.KeyExchange;
import io.sluice.internal.tls.hello.HandshakeMessages;
import io.sluice.internal.tls.hello.PeerHello;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;

/**
 * The offers of two sides that could not agree.
 *
 * @param ours this side's versions, cipher suites and, if none is shared, groups
 * @param theirs those of the peer, if its first message showed them
 * @param ourProtocols the application protocols that this side offers by ALPN; empty if its engine names none
 * @param theirProtocols those of the peer, if its first message showed them
 */
public record NegotiationMismatch(
        String ours, Optional<String> theirs, Optional<String> ourProtocols, Optional<String> theirProtocols) {

    /** The number of names to list. The others are counted, because a peer may offer thousands. */
    private static final int NAMED = 4;

    /** The form of the first message, not a version. */
    private static final String NO_VERSION = "SSLv2Hello";

    private static final String JDK = "SunJSSE";
    private static final String JDK_ENGINES = "sun.security.ssl.";

    /**
     * Compares an engine with its peer.
     *
     * @param adapter the engine of this side
     * @param peer what the peer's first message shows, if it was seen
     * @return the offers of both
     */
    public static NegotiationMismatch of(EngineAdapter adapter, Optional<PeerHello> peer) {
        SSLEngine engine = adapter.engine();
        List<String> versions = Stream.of(engine.getEnabledProtocols())
                .filter(version -> !version.equals(NO_VERSION))
                .toList();
        List<String> theirGroups = peer.map(PeerHello::groups).orElse(List.of());
        List<String> ourGroups = theirGroups.isEmpty() ? List.of() : ownGroups(adapter);
        boolean share = theirGroups.isEmpty() || ourGroups.isEmpty() || share(ourGroups, theirGroups);
        return new NegotiationMismatch(
                text(versions, adapter.cipherSuites(), share ? List.of() : ourGroups),
                peer.map(hello -> text(hello.versions(), hello.cipherSuites(), share ? List.of() : theirGroups)),
                protocols(adapter.applicationProtocols()),
                peer.flatMap(hello -> protocols(hello.applicationProtocols())));
    }

    /** The same with the records in which a peer sent its first message. */
    static NegotiationMismatch of(EngineAdapter adapter, ByteBuffer records) {
        return of(adapter, hello(records));
    }

    /**
     * Finds the first message of a peer.
     *
     * @param records the records in which it came
     * @return what it shows; empty if it is not a hello
     */
    public static Optional<PeerHello> hello(ByteBuffer records) {
        HandshakeMessages messages = new HandshakeMessages();
        RecordHeader.forEach(records, (type, fragment) -> {
            if (type == RecordHeader.HANDSHAKE) {
                messages.add(fragment);
            }
        });
        return PeerHello.in(messages);
    }

    /** The groups in which this side's engine exchanges keys. JSSE reports them since JDK 20, and before that a ClientHello shows them. */
    static List<String> ownGroups(EngineAdapter adapter) {
        if (!adapter.groups().isEmpty()) {
            return adapter.groups();
        }
        SSLEngine engine = adapter.engine();
        List<String> chosen = KeyExchange.of(engine).groups();
        return chosen.isEmpty() && engine.getClass().getName().startsWith(JDK_ENGINES) ? JdkGroups.OFFERED : chosen;
    }

    /** What the JDK's engine offers where its groups cannot be set. */
    private static final class JdkGroups {
        static final List<String> OFFERED = offered();

        private static List<String> offered() {
            try {
                SSLContext context = SSLContext.getInstance("TLS", JDK);
                context.init(null, null, null);
                SSLEngine client = context.createSSLEngine();
                client.setUseClientMode(true);
                ByteBuffer hello = ByteBuffer.allocate(client.getSession().getPacketBufferSize());
                client.wrap(ByteBuffer.allocate(0), hello);
                return hello(hello.flip()).map(PeerHello::groups).orElse(List.of());
            } catch (GeneralSecurityException | SSLException e) {
                return List.of();
            }
        }
    }

    private static String text(List<String> versions, List<String> suites, List<String> groups) {
        return listed(versions)
                + (suites.isEmpty() ? "" : " with " + listed(suites))
                + (groups.isEmpty() ? "" : " and key exchange in " + listed(groups));
    }

    private static boolean share(List<String> ours, List<String> theirs) {
        return ours.stream().anyMatch(name -> theirs.stream().anyMatch(name::equalsIgnoreCase));
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
     * Describes the application protocols that both sides offer, as far as this side knows.
     *
     * @return the description; empty if nothing is known
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
