package io.sluice.internal.cli.cbom;

import io.sluice.internal.cli.document.CertificateInUse;
import io.sluice.internal.cli.document.ConnectionEntry;
import io.sluice.internal.cli.document.ContextEntry;
import io.sluice.internal.cli.document.OfferEntry;
import io.sluice.internal.cli.document.ServerEntry;
import io.sluice.internal.cli.document.ServiceDocument;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The cryptography of an application.
 *
 * @param application its name
 * @param isRunning whether the application was asked; otherwise its configuration was read
 * @param time when that was
 * @param contexts its contexts
 * @param certificates the certificates of all contexts, each once
 * @param omitted the contexts of which nothing is known
 */
public record CryptoInventory(
        String application,
        boolean isRunning,
        Instant time,
        List<Context> contexts,
        List<CertificateInUse> certificates,
        Set<String> omitted) {

    /**
     * What a context can negotiate, or has negotiated.
     *
     * @param name its name
     * @param protocols the versions of TLS, as JSSE names them
     * @param cipherSuites the cipher suites
     * @param groups the groups of the key exchange
     * @param signatureSchemes the signature schemes
     */
    public record Context(
            String name,
            Set<String> protocols,
            Set<String> cipherSuites,
            Set<String> groups,
            Set<String> signatureSchemes) {}

    /**
     * The inventory of a running service. Of its protocols, it has what its open connections use and what it told clients that failed.
     *
     * @param document what the service says
     * @return its inventory
     */
    public static CryptoInventory of(ServiceDocument document) {
        return new CryptoInventory(
                document.application(),
                true,
                document.time(),
                document.contexts().stream()
                        .map(context -> seen(context, document))
                        .toList(),
                document.certificates(),
                Set.of());
    }

    /**
     * The same under another name.
     *
     * @param name the name of the application
     * @return the inventory
     */
    public CryptoInventory named(String name) {
        return new CryptoInventory(name, isRunning, time, contexts, certificates, omitted);
    }

    private static Context seen(ContextEntry context, ServiceDocument document) {
        Set<String> protocols = new TreeSet<>();
        Set<String> cipherSuites = new TreeSet<>();
        Set<String> groups = new TreeSet<>();
        Set<String> schemes = new TreeSet<>();
        connections(context, document).forEach(connection -> {
            connection.protocol().ifPresent(protocols::add);
            connection.cipherSuite().ifPresent(cipherSuites::add);
            connection.group().ifPresent(groups::add);
        });
        offers(context, document).forEach(offer -> {
            protocols.addAll(offer.of(OfferEntry.Kind.VERSIONS));
            cipherSuites.addAll(offer.of(OfferEntry.Kind.CIPHER_SUITES));
            groups.addAll(offer.of(OfferEntry.Kind.GROUPS));
            schemes.addAll(offer.of(OfferEntry.Kind.SIGNATURE_SCHEMES));
        });
        return new Context(context.name(), protocols, cipherSuites, groups, schemes);
    }

    private static Stream<ConnectionEntry> connections(ContextEntry context, ServiceDocument document) {
        return document.servers().stream()
                .filter(server ->
                        server.context().filter(context.name()::equals).isPresent())
                .map(ServerEntry::connections)
                .flatMap(List::stream);
    }

    /** Only those of this side, because peers can offer anything. */
    private static Stream<OfferEntry> offers(ContextEntry context, ServiceDocument document) {
        return document.journal().stream()
                .filter(entry -> entry.context().filter(context.name()::equals).isPresent())
                .flatMap(entry -> switch (entry.side().orElse("")) {
                    case "SERVER" -> entry.server().stream();
                    case "CLIENT" -> entry.client().stream();
                    default -> Stream.empty();
                });
    }
}
