package io.sluice.internal.config;

import io.sluice.internal.settings.ManagedSettings;
import io.sluice.internal.settings.ManagedSettings.Kind;
import io.sluice.internal.settings.Problems;
import io.sluice.internal.settings.Setting;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Reads the reference to a context that the server manages. Its keys and trust are the server's, so none may be configured. */
final class ManagedReader {

    /** The values that configure nothing. */
    private static final Set<String> NEUTRAL = Set.of("false", "none");

    private final ContextProperties properties;
    private final Problems problems;

    ManagedReader(ContextProperties properties, Problems problems) {
        this.properties = properties;
        this.problems = problems;
    }

    Optional<ManagedSettings> read() {
        KindSelection selected = KindSelection.read(ManagedKeys.KIND, properties);
        List<ManagedSettings> given = Arrays.stream(Kind.values())
                .filter(kind -> !selected.isInvalid() && selected.permits(ManagedKeys.word(kind)))
                .flatMap(kind ->
                        properties.value(ManagedKeys.key(kind)).stream().map(name -> new ManagedSettings(kind, name)))
                .toList();
        if (given.isEmpty()) {
            if (!selected.is(KindSelection.NONE)) {
                selected.reportMissing(
                        properties.name(ManagedKeys.PREFIX
                                + selected.setting().map(Setting::value).orElse("")),
                        problems);
            }
            return Optional.empty();
        }
        List<Setting> references =
                given.stream().map(ManagedSettings::reference).toList();
        KindSelection.atMostOne("managed context", references, properties.name(ManagedKeys.KIND), problems);
        if (selected.setting().isEmpty()) {
            refuseMaterial(references.get(0));
        }
        return Optional.of(given.get(0));
    }

    private void refuseMaterial(Setting reference) {
        List<Setting> material = new ArrayList<>(properties.values(ContextKeys.ofMaterial()));
        Stream.of(StoreKey.KEYS, StoreKey.CLIENT_KEYS)
                .flatMap(group -> new PemPairs(group, properties, new Problems()).firstSet().stream())
                .forEach(material::add);
        material.stream()
                .filter(setting -> !NEUTRAL.contains(setting.value().strip().toLowerCase(Locale.ROOT)))
                .distinct()
                .forEach(setting -> problems.error(
                        setting,
                        "the server manages the keys, trust and sessions of this context (" + reference.property()
                                + "), so this property has no effect",
                        "Remove one of the two properties, or set " + properties.name(ManagedKeys.KIND)
                                + " to select one"));
    }
}
