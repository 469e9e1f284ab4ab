package io.sluice.config;

import io.sluice.context.material.Problems;
import io.sluice.context.material.Setting;
import io.sluice.context.material.TrustStoreSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads whom a context trusts. */
final class TrustStoreReader {

    private static final String ALL = "trust-all";
    private static final String JDK = "trust-store.jdk";
    private static final String PEM = "trust-store.pem.certs";

    private final ContextProperties properties;
    private final Problems problems;

    TrustStoreReader(ContextProperties properties, Problems problems) {
        this.properties = properties;
        this.problems = problems;
    }

    TrustStoreSettings read() {
        Optional<Setting> all = flagged(ALL);
        Optional<Setting> pem = properties.value(PEM);
        boolean includeDefault = properties.flag("trust-store.include-default");
        List<StoreKind> stores = StoreKind.under("trust-store").stream()
                .filter(kind -> kind.firstSet(properties).isPresent())
                .toList();
        List<Setting> kinds = new ArrayList<>();
        all.ifPresent(kinds::add);
        Optional<Setting> jdk = flagged(JDK);
        jdk.ifPresent(kinds::add);
        pem.ifPresent(kinds::add);
        stores.forEach(kind -> kind.firstSet(properties).ifPresent(kinds::add));
        if (!Kinds.atMostOne("trust", kinds, problems)) {
            return new TrustStoreSettings.Jdk(jdk);
        }
        return all.<TrustStoreSettings>map(TrustStoreSettings.All::new)
                .or(() -> pem.map(certificates -> new TrustStoreSettings.Pem(certificates, includeDefault)))
                .or(() -> stores.stream()
                        .findFirst()
                        .flatMap(kind -> kind.read(properties))
                        .map(store -> new TrustStoreSettings.Store(store, includeDefault)))
                .orElseGet(() -> new TrustStoreSettings.Jdk(jdk));
    }

    private Optional<Setting> flagged(String key) {
        return properties.flag(key) ? properties.value(key) : Optional.empty();
    }
}
