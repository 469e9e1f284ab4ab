package io.sluice.internal.config;

import io.sluice.internal.settings.KeyStoreSettings;
import io.sluice.internal.settings.Problems;
import io.sluice.internal.settings.Setting;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the location of a context's keys. */
final class KeyStoreReader {
    private final String group;
    private final ContextProperties properties;
    private final Problems problems;
    private final KindSelection kind;

    /**
     * A reader of one group of keys.
     *
     * @param group {@code key-store} or {@code client-key-store}
     */
    KeyStoreReader(String group, ContextProperties properties, Problems problems) {
        this.group = group;
        this.properties = properties;
        this.problems = problems;
        this.kind = KindSelection.read(KeyStoreKeys.kind(group), properties);
    }

    /** The key store; empty if there is none, or if there is a problem, which is reported. */
    Optional<KeyStoreSettings> read() {
        if (kind.isInvalid() || kind.is(KindSelection.NONE)) {
            return Optional.empty();
        }
        Optional<PemPairs> pem = kind.permits("pem")
                ? Optional.of(new PemPairs(group, properties, problems))
                        .filter(pairs -> pairs.firstSet().isPresent())
                : Optional.empty();
        List<StoreKind> stores = StoreKind.under(group, kind, properties);
        List<Setting> first = new ArrayList<>();
        pem.flatMap(PemPairs::firstSet).ifPresent(first::add);
        stores.forEach(store -> store.firstSet(properties).ifPresent(first::add));
        if (first.isEmpty()) {
            reportNone();
        }
        if (!KindSelection.atMostOne(
                group.equals(StoreKey.KEYS) ? "key store" : "client key store",
                first,
                properties.name(KeyStoreKeys.kind(group)),
                problems)) {
            return Optional.empty();
        }
        return pem.<KeyStoreSettings>map(pairs -> new KeyStoreSettings.Pem(pairs.read()))
                .or(() -> stores.stream()
                        .findFirst()
                        .flatMap(store -> store.read(properties))
                        .map(KeyStoreSettings.Store::new));
    }

    /** Keys that replace others; with {@code kind=none} by none at all. */
    Optional<KeyStoreSettings> readSeparate() {
        return kind.is(KindSelection.NONE) ? kind.setting().map(KeyStoreSettings.None::new) : read();
    }

    /** Tests whether the context may have keys, of a store or of a bean. */
    boolean permitsKeys() {
        return !kind.is(KindSelection.NONE);
    }

    private void reportNone() {
        kind.reportMissing(
                properties.name(group + "." + kind.setting().map(Setting::value).orElse("") + ".…"), problems);
    }
}
