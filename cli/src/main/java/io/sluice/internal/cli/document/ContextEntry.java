package io.sluice.internal.cli.document;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * A named context.
 *
 * @param facts its members
 */
public record ContextEntry(JsonFacts facts) {

    /**
     * A key with its certificates.
     *
     * @param facts its members
     */
    public record Key(JsonFacts facts) {

        /** {@return its name in the context} */
        public Optional<String> name() {
            return facts.text("name");
        }

        /** {@return its certificate, then the one that issued it, and so on} */
        public List<CertificateEntry> chain() {
            return facts.objects("chain", CertificateEntry::new);
        }
    }

    /** {@return its name} */
    public String name() {
        return facts.text("name").orElse("(no name)");
    }

    /** {@return how many loads have succeeded} */
    public OptionalLong generation() {
        return facts.number("generation");
    }

    /** {@return when it was loaded} */
    public Optional<Instant> loadedAt() {
        return facts.time("loadedAt");
    }

    /** {@return when its files are next examined} */
    public Optional<Instant> nextLook() {
        return facts.time("nextLook");
    }

    /** {@return its keys} */
    public List<Key> keys() {
        return facts.objects("keys", Key::new);
    }

    /** {@return what it trusts} */
    public List<CertificateEntry> trust() {
        return facts.objects("trust", CertificateEntry::new);
    }

    /** {@return the files that it follows} */
    public List<String> sources() {
        return facts.texts("sources");
    }

    /** {@return why its last load failed} */
    public List<String> problems() {
        return facts.texts("problems");
    }

    /** {@return its open streams, by generation} */
    public Map<String, Long> connections() {
        return facts.counts("connections");
    }

    /** {@return all its certificates, with what it uses each for} */
    Stream<CertificateInUse> certificates() {
        Stream<CertificateInUse> ofKeys = keys().stream().flatMap(key -> {
            List<CertificateEntry> chain = key.chain();
            return Stream.concat(
                    chain.stream().limit(1).map(own -> CertificateInUse.of(own, name(), CertificateInUse.Use.KEY)),
                    chain.stream()
                            .skip(1)
                            .map(issuer -> CertificateInUse.of(issuer, name(), CertificateInUse.Use.CHAIN)));
        });
        return Stream.concat(
                ofKeys,
                trust().stream().map(anchor -> CertificateInUse.of(anchor, name(), CertificateInUse.Use.TRUST)));
    }
}
