package io.sluice.internal.context;

import io.sluice.context.CertificateDescription;
import io.sluice.context.ContextDescription;
import io.sluice.internal.material.KeyEntry;
import io.sluice.internal.material.Material;
import io.sluice.internal.settings.ContextName;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The description of a context. */
record DescribedContext(
        String name,
        long generation,
        Optional<Instant> loadedAt,
        Optional<Instant> nextLook,
        List<ContextDescription.Key> keys,
        List<CertificateDescription> trustAnchors,
        List<String> sources,
        List<String> problems,
        SortedMap<Long, Integer> connections)
        implements ContextDescription {

    static DescribedContext ofPlaintext() {
        return new DescribedContext(
                ContextName.NONE.value(),
                0,
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                Collections.emptySortedMap());
    }

    /**
     * Describes a context as it is now.
     *
     * @param loader loads the context
     * @param name its name
     * @param generation the generation to describe; null if nothing has been loaded
     * @param all the generations that are still used
     * @param nextLook when its sources are examined next; null if they are not
     */
    static DescribedContext of(
            ContextLoader loader,
            String name,
            @Nullable Generation generation,
            Set<Generation> all,
            @Nullable Instant nextLook) {
        Optional<Material> material = Optional.ofNullable(generation)
                .flatMap(known -> known.snapshot().material());
        SortedMap<Long, Integer> connections = new TreeMap<>();
        all.forEach(known -> connections.put(known.number(), known.connections()));
        connections.values().removeIf(count -> count == 0);
        return new DescribedContext(
                name,
                generation == null ? 0 : generation.number(),
                Optional.ofNullable(generation).map(Generation::loadedAt),
                Optional.ofNullable(nextLook),
                keysOf(material),
                anchorsOf(material),
                loader.sources().files().entrySet().stream()
                        .filter(file -> file.getValue().isShown())
                        .map(file -> file.getKey().toString())
                        .toList(),
                loader.problems(),
                Collections.unmodifiableSortedMap(connections));
    }

    private static List<ContextDescription.Key> keysOf(Optional<Material> material) {
        return material.map(Material::entries).orElse(List.of()).stream()
                .<ContextDescription.Key>map(DescribedKey::of)
                .toList();
    }

    private static List<CertificateDescription> anchorsOf(Optional<Material> material) {
        return material.map(known -> known.trust().configured()).orElse(List.of()).stream()
                .<CertificateDescription>map(anchor -> new DescribedCertificate(anchor.object(), anchor.source()))
                .toList();
    }

    private record DescribedKey(String name, List<CertificateDescription> chain) implements ContextDescription.Key {

        static DescribedKey of(KeyEntry entry) {
            return new DescribedKey(
                    entry.alias(),
                    entry.chain().stream()
                            .<CertificateDescription>map(
                                    certificate -> new DescribedCertificate(certificate, entry.source()))
                            .toList());
        }
    }
}
