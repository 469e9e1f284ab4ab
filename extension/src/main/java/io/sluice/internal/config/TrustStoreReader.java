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
    private static final List<String> KINDS = List.of("pem", "p12", "jks", "other", "jdk", "all");
    static final String ALL = "trust-all";
    static final String JDK = "trust-store.jdk";
    static final String PEM = "trust-store.pem.certs";
    private static final String INCLUDE_DEFAULT = "trust-store.include-default";

    private final ContextProperties properties;
    private final Problems problems;

    TrustStoreReader(ContextProperties properties, Problems problems) {
        this.properties = properties;
        this.problems = problems;
    }

    TrustStoreSettings read() {
        KindSelection kind = KindSelection.read(ContextKeys.TRUST_STORE_KIND, KINDS, properties);
        if (kind.isInvalid()) {
            return new TrustStoreSettings.Jdk(Optional.empty());
        }
        Optional<Setting> all = kind.permits("all") ? trueOf(ALL) : Optional.empty();
        Optional<Setting> jdk = kind.permits("jdk") ? trueOf(JDK) : Optional.empty();
        Optional<Setting> pem = kind.permits("pem") ? properties.value(PEM) : Optional.empty();
        Optional<Setting> includeDefault = trueOf(INCLUDE_DEFAULT);
        List<StoreKind> stores = StoreKind.under("trust-store", kind, properties);
        List<Setting> first = new ArrayList<>(
                Stream.of(all, jdk, pem).flatMap(Optional::stream).toList());
        stores.forEach(store -> store.firstSet(properties).ifPresent(first::add));
        if (!KindSelection.atMostOne("trust", first, properties.name(ContextKeys.TRUST_STORE_KIND), problems)) {
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

    private Optional<Setting> trueOf(String key) {
        return properties.flag(key) ? properties.value(key) : Optional.empty();
    }

    private Optional<Setting> falseOf(String key) {
        return properties.value(key).filter(unused -> !properties.truth(key).orElse(true));
    }

    private TrustStoreSettings jdk(KindSelection kind, Optional<Setting> jdk) {
        if (kind.is("jdk")) {
            falseOf(JDK)
                    .ifPresent(not -> problems.error(
                            not,
                            properties.name(ContextKeys.TRUST_STORE_KIND) + " is jdk, and this property is false",
                            "Remove one of the two properties"));
            return new TrustStoreSettings.Jdk(kind.setting());
        }
        if (kind.setting().isPresent()) {
            kind.reportMissing(kind.is("all") ? properties.name(ALL) + "=true" : nameOf(kind), problems);
        } else {
            falseOf(JDK)
                    .ifPresent(not -> problems.error(
                            not,
                            "the context must not trust the JDK's authorities, and no other trust is configured",
                            "Set the trusted certificates with " + properties.name(PEM)
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
                "Set the trusted certificates with " + properties.name(PEM) + ", or remove this property");
    }

    private void refuseWithoutJdk(Setting includeDefault) {
        falseOf(JDK)
                .ifPresent(not -> problems.error(
                        includeDefault,
                        "it adds the JDK's certificates, but " + not.property() + " is false",
                        "Remove one of the two properties"));
    }
}
