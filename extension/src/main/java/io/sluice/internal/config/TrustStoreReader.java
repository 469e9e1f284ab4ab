package io.sluice.internal.config;

import io.sluice.internal.settings.Problems;
import io.sluice.internal.settings.Setting;
import io.sluice.internal.settings.TrustStoreSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads the trust of a context. Without settings, it trusts the JDK's authorities, unless this is forbidden. */
final class TrustStoreReader {
    private final ContextProperties properties;
    private final Problems problems;

    TrustStoreReader(ContextProperties properties, Problems problems) {
        this.properties = properties;
        this.problems = problems;
    }

    TrustStoreSettings read() {
        KindSelection kind = KindSelection.read(TrustStoreKeys.KIND, properties);
        if (kind.isInvalid()) {
            return new TrustStoreSettings.Jdk(Optional.empty());
        }
        Optional<Setting> all = kind.permits("all") ? trueOf(TrustStoreKeys.ALL) : Optional.empty();
        Optional<Setting> jdk = kind.permits("jdk") ? trueOf(TrustStoreKeys.JDK) : Optional.empty();
        Optional<Setting> pem = kind.permits("pem") ? properties.value(TrustStoreKeys.PEM) : Optional.empty();
        Optional<Setting> includeDefault = trueOf(TrustStoreKeys.INCLUDE_DEFAULT);
        List<StoreKind> stores = StoreKind.under(StoreKey.TRUST, kind, properties);
        List<Setting> first = new ArrayList<>(
                Stream.of(all, jdk, pem).flatMap(Optional::stream).toList());
        stores.forEach(store -> store.firstSet(properties).ifPresent(first::add));
        if (!KindSelection.atMostOne("trust", first, properties.name(TrustStoreKeys.KIND), problems)) {
            return new TrustStoreSettings.Jdk(jdk);
        }
        if (pem.isEmpty() && stores.isEmpty()) {
            if (kind.setting().isEmpty()) {
                includeDefault.ifPresent(this::reportNoStore);
            }
            return all.<TrustStoreSettings>map(TrustStoreSettings.All::new).orElseGet(() -> jdk(kind, jdk));
        }
        includeDefault.ifPresent(this::refuseWithoutJdk);
        return pem.<TrustStoreSettings>map(
                        certificates -> new TrustStoreSettings.Pem(certificates, includeDefault.isPresent()))
                .or(() -> stores.get(0)
                        .read(properties)
                        .map(store -> new TrustStoreSettings.Store(store, includeDefault.isPresent())))
                .orElseGet(() -> new TrustStoreSettings.Jdk(jdk));
    }

    private Optional<Setting> trueOf(Key key) {
        return properties.flag(key) ? properties.value(key) : Optional.empty();
    }

    private Optional<Setting> falseOf(Key key) {
        return properties.value(key).filter(unused -> !properties.truth(key).orElse(true));
    }

    private TrustStoreSettings jdk(KindSelection kind, Optional<Setting> jdk) {
        if (kind.is("jdk")) {
            falseOf(TrustStoreKeys.JDK)
                    .ifPresent(not -> problems.error(
                            not,
                            properties.name(TrustStoreKeys.KIND) + " is jdk, and this property is false",
                            "Remove one of the two properties"));
            return new TrustStoreSettings.Jdk(kind.setting());
        }
        if (kind.setting().isPresent()) {
            kind.reportMissing(kind.is("all") ? properties.name(TrustStoreKeys.ALL) + "=true" : nameOf(kind), problems);
        } else {
            falseOf(TrustStoreKeys.JDK)
                    .ifPresent(not -> problems.error(
                            not,
                            "the context must not trust the JDK's authorities, and no other trust is configured",
                            "Set the trusted certificates with " + properties.name(TrustStoreKeys.PEM)
                                    + ", or set this property to true"));
        }
        return new TrustStoreSettings.Jdk(jdk);
    }

    private String nameOf(KindSelection kind) {
        return properties.name(
                "trust-store." + kind.setting().map(Setting::value).orElse("") + ".…");
    }

    private void reportNoStore(Setting includeDefault) {
        problems.error(
                includeDefault,
                "the JDK's certificates cannot be added, because no trust store is configured",
                "Set the trusted certificates with " + properties.name(TrustStoreKeys.PEM)
                        + ", or remove this property");
    }

    private void refuseWithoutJdk(Setting includeDefault) {
        falseOf(TrustStoreKeys.JDK)
                .ifPresent(not -> problems.error(
                        includeDefault,
                        "it adds the JDK's certificates, but " + not.property() + " is false",
                        "Remove one of the two properties"));
    }
}
