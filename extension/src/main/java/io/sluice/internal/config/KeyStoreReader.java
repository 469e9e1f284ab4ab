package io.sluice.internal.config;

import io.sluice.internal.settings.KeyStoreSettings;
import io.sluice.internal.settings.Problems;
import io.sluice.internal.settings.Setting;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the location of a context's keys. */
final class KeyStoreReader {
    private static final List<String> KINDS = List.of("pem", "p12", "jks", "other", KindSelection.NONE);

    private final ContextProperties properties;
    private final Problems problems;

    KeyStoreReader(ContextProperties properties, Problems problems) {
        this.properties = properties;
        this.problems = problems;
    }

    Optional<KeyStoreSettings> read() {
        KindSelection kind = KindSelection.read(ContextKeys.KEY_STORE_KIND, KINDS, properties);
        if (kind.isInvalid() || kind.is(KindSelection.NONE)) {
            return Optional.empty();
        }
        Optional<PemPairs> pem = kind.permits("pem")
                ? Optional.of(new PemPairs(properties, problems))
                        .filter(pairs -> pairs.firstSet().isPresent())
                : Optional.empty();
        List<StoreKind> stores = StoreKind.under("key-store", kind, properties);
        List<Setting> first = new ArrayList<>();
        pem.flatMap(PemPairs::firstSet).ifPresent(first::add);
        stores.forEach(store -> store.firstSet(properties).ifPresent(first::add));
        if (first.isEmpty()) {
            reportNone(kind);
        }
        if (!KindSelection.atMostOne("key store", first, properties.name(ContextKeys.KEY_STORE_KIND), problems)) {
            return Optional.empty();
        }
        return pem.<KeyStoreSettings>map(pairs -> new KeyStoreSettings.Pem(pairs.read()))
                .or(() -> stores.stream()
                        .findFirst()
                        .flatMap(store -> store.read(properties))
                        .map(KeyStoreSettings.Store::new));
    }

    private void reportNone(KindSelection kind) {
        kind.reportMissing(
                properties.name(
                        "key-store." + kind.setting().map(Setting::value).orElse("") + ".…"),
                problems);
        if (kind.setting().isEmpty()) {
            new SniReader(properties, problems).refuseWithoutKey();
        }
    }
}
