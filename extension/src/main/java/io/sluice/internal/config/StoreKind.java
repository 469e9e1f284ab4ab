package io.sluice.internal.config;

import io.sluice.internal.settings.Setting;
import io.sluice.internal.settings.StoreSettings;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** One kind of store under {@code key-store.} or {@code trust-store.}: PKCS12, JKS, or any type. */
record StoreKind(String prefix, Optional<String> type) {

    private static final List<String> KEYS = List.of(
            KeyStoreKeys.PATH,
            KeyStoreKeys.PASSWORD,
            KeyStoreKeys.PASSWORD_FILE,
            KeyStoreKeys.ALIAS,
            KeyStoreKeys.ALIAS_PASSWORD,
            KeyStoreKeys.ALIAS_PASSWORD_FILE,
            KeyStoreKeys.TYPE,
            KeyStoreKeys.PROVIDER,
            KeyStoreKeys.PROVIDER_CONFIG);

    /** The configured kinds of store under a prefix, without those that are not selected. */
    static List<StoreKind> under(String prefix, KindSelection selected, ContextProperties properties) {
        return Stream.of(
                        new StoreKind(prefix + ".p12", Optional.of("PKCS12")),
                        new StoreKind(prefix + ".jks", Optional.of("JKS")),
                        new StoreKind(prefix + ".other", Optional.empty()))
                .filter(kind -> selected.permits(kind.prefix.substring(prefix.length() + 1)))
                .filter(kind -> kind.firstSet(properties).isPresent())
                .toList();
    }

    /** The first of its properties that is set. */
    Optional<Setting> firstSet(ContextProperties properties) {
        Stream<String> known = KEYS.stream().map(key -> prefix + key).filter(ContextKeys.KEYS::isKnown);
        return properties.values(known.toList()).stream().findFirst();
    }

    /** The store; empty if there is a problem, which is reported. */
    Optional<StoreSettings> read(ContextProperties properties) {
        Setting first = firstSet(properties).orElseThrow();
        Optional<Setting> location = properties.value(prefix + KeyStoreKeys.PATH);
        Optional<Setting> typeSetting = type.map(fixed -> Setting.of(first.property(), first.source(), fixed))
                .or(() -> properties.value(prefix + KeyStoreKeys.TYPE));
        if (typeSetting.isEmpty()) {
            missing(KeyStoreKeys.TYPE, "the store has no type", properties);
            return Optional.empty();
        }
        if (type.isPresent() && location.isEmpty()) {
            missing(KeyStoreKeys.PATH, "the store has no path", properties);
            return Optional.empty();
        }
        return Optional.of(new StoreSettings(
                properties.name(prefix),
                typeSetting.get(),
                optional(KeyStoreKeys.PROVIDER, properties),
                optional(KeyStoreKeys.PROVIDER_CONFIG, properties),
                location,
                properties.password(prefix + KeyStoreKeys.PASSWORD),
                properties.value(prefix + KeyStoreKeys.ALIAS),
                ContextKeys.KEYS.isKnown(prefix + KeyStoreKeys.ALIAS_PASSWORD)
                        ? properties.password(prefix + KeyStoreKeys.ALIAS_PASSWORD)
                        : Optional.empty()));
    }

    private Optional<Setting> optional(String key, ContextProperties properties) {
        return ContextKeys.KEYS.isKnown(prefix + key) ? properties.value(prefix + key) : Optional.empty();
    }

    private void missing(String key, String fault, ContextProperties properties) {
        properties.missing(prefix + key, fault, "Set it, or remove the other properties of this store");
    }
}
