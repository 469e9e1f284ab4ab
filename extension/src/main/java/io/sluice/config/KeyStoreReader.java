package io.sluice.config;

import io.sluice.context.material.KeyStoreSettings;
import io.sluice.context.material.Problems;
import io.sluice.context.material.Setting;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads where a context's own keys are. */
final class KeyStoreReader {

    private final ContextProperties properties;
    private final Problems problems;

    KeyStoreReader(ContextProperties properties, Problems problems) {
        this.properties = properties;
        this.problems = problems;
    }

    Optional<KeyStoreSettings> read() {
        boolean sni = properties.flag("key-store.sni");
        PemPairs pem = new PemPairs(properties, problems);
        List<StoreKind> stores = StoreKind.under("key-store").stream()
                .filter(kind -> kind.firstSet(properties).isPresent())
                .toList();
        List<Setting> kinds = new ArrayList<>(pem.firstSet().stream().toList());
        stores.forEach(kind -> kind.firstSet(properties).ifPresent(kinds::add));
        if (!Kinds.atMostOne("key store", kinds, problems)) {
            return Optional.empty();
        }
        if (pem.firstSet().isPresent()) {
            return Optional.of(new KeyStoreSettings.Pem(pem.read(), sni));
        }
        return stores.stream()
                .findFirst()
                .flatMap(kind -> kind.read(properties))
                .map(store -> new KeyStoreSettings.Store(store, sni));
    }
}
