package io.sluice.internal.journal;

import io.sluice.context.CertificateDescription;
import io.sluice.context.ContextDescription;
import io.sluice.context.SslContextException;
import io.sluice.internal.context.ContextRegistry;
import io.sluice.internal.context.Generation;
import io.sluice.internal.context.ReloadableContext;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/**
 * What the journal asks about named contexts and endpoints.
 *
 * @param contexts the contexts of the application
 * @param endpoints the names of its endpoints, which have properties; a server that is started from code has none
 */
public record ContextFacts(Supplier<ContextRegistry> contexts, Set<String> endpoints) {

    /** Copies the set. */
    public ContextFacts {
        endpoints = Set.copyOf(endpoints);
    }

    /**
     * The trust of a context in one of its generations.
     *
     * @param generation the number of the generation
     * @param manager verifies certificates
     */
    record Trust(long generation, X509TrustManager manager) {}

    /** The authorities whose certificates a server requests. */
    List<String> issuers(Optional<String> context) {
        return context.flatMap(this::find)
                .flatMap(ReloadableContext::generation)
                .map(generation -> generation.snapshot().issuers())
                .orElse(List.of());
    }

    /** The certificate of this side. If the engine does not tell what was sent, it is known only if there is no choice. */
    Optional<CertificateDescription> ownCertificate(Optional<String> context, List<X509Certificate> sent) {
        List<CertificateDescription> own = description(context).map(ContextDescription::keys).orElse(List.of()).stream()
                .flatMap(key -> key.chain().stream().limit(1))
                .toList();
        return own.stream()
                .filter(known ->
                        sent.isEmpty() ? own.size() == 1 : known.certificate().equals(sent.get(0)))
                .findFirst();
    }

    /** Whether Sluice has read the keys and the trust of a context, so that there are settings of them. */
    boolean hasMaterial(Optional<String> context) {
        return context.flatMap(this::find)
                .flatMap(ReloadableContext::generation)
                .flatMap(generation -> generation.snapshot().material())
                .isPresent();
    }

    /** Where a context's first trusted certificate comes from. */
    Optional<String> trustSource(Optional<String> context) {
        return description(context)
                .flatMap(known -> known.trustAnchors().stream()
                        .map(CertificateDescription::source)
                        .findFirst());
    }

    /** The trust of a context that Sluice reads; empty for any other, and if it cannot be loaded. */
    Optional<Trust> trust(String context) {
        return find(context).flatMap(ContextFacts::trust);
    }

    private static Optional<Trust> trust(ReloadableContext context) {
        try {
            context.load();
        } catch (SslContextException e) {
            return Optional.empty();
        }
        Optional<Generation> generation = context.generation();
        return generation
                .flatMap(known -> known.snapshot().material())
                .flatMap(material -> manager(material.trust().managers()))
                .map(manager -> new Trust(generation.orElseThrow().number(), manager));
    }

    private static Optional<X509TrustManager> manager(List<TrustManager> managers) {
        return managers.stream()
                .filter(X509TrustManager.class::isInstance)
                .map(X509TrustManager.class::cast)
                .findFirst();
    }

    private Optional<ContextDescription> description(Optional<String> context) {
        return context.flatMap(this::find).map(ReloadableContext::describe);
    }

    private Optional<ReloadableContext> find(String name) {
        ContextRegistry known = contexts.get();
        return known.names().contains(name) ? ReloadableContext.behind(known.get(name)) : Optional.empty();
    }
}
