package io.sluice.internal.config;

import io.sluice.internal.settings.Problems;
import io.sluice.internal.settings.Setting;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The stores and other keys that one context sets itself, whatever it inherits. */
final class OwnStores {

    private static final List<String> GROUPS = List.of(StoreKey.KEYS, StoreKey.CLIENT_KEYS, StoreKey.TRUST);
    private static final List<String> LOCATIONS =
            List.of(KeyStoreKeys.PATH, KeyStoreKeys.TYPE, KeyStoreKeys.PROVIDER, KeyStoreKeys.PROVIDER_CONFIG);

    private final ContextProperties properties;
    private final Map<String, Set<String>> kinds = new HashMap<>();
    private final Set<StoreKey> located = new HashSet<>();

    /** Reads the properties of the context alone. */
    OwnStores(ContextProperties properties) {
        this.properties = properties;
        GROUPS.forEach(group -> kinds.put(group, read(group)));
    }

    private Set<String> read(String group) {
        Set<String> found = new HashSet<>();
        StoreKind.under(group, KindSelection.ANY, properties).forEach(store -> {
            String kind = store.prefix().substring(group.length() + 1);
            found.add(kind);
            boolean locates = LOCATIONS.stream().anyMatch(key -> isSet(store.prefix() + key));
            if (locates) {
                located.add(new StoreKey(group, kind));
            }
        });
        if (group.equals(StoreKey.TRUST)) {
            readTrust(found);
        } else {
            PemPairs pairs = new PemPairs(group, properties, new Problems());
            pairs.firstSet().ifPresent(set -> found.add("pem"));
            if (pairs.hasPairs()) {
                located.add(new StoreKey(group, "pem"));
            }
        }
        return word(new StoreKey(group, StoreKey.CHOICE).selector())
                .map(Set::of)
                .orElse(found);
    }

    private void readTrust(Set<String> found) {
        if (isSet(TrustStoreKeys.PEM.name())) {
            found.add("pem");
            located.add(new StoreKey(StoreKey.TRUST, "pem"));
        }
        Stream.of(TrustStoreKeys.JDK.name(), TrustStoreKeys.ALL.name())
                .filter(key -> word(key).filter("true"::equals).isPresent())
                .forEach(key -> StoreKey.of(key).map(StoreKey::kind).ifPresent(found::add));
    }

    /** Tests whether it has rules about clients, or does not need their certificates. */
    boolean decidesAboutClients() {
        return word(ContextKeys.CLIENT_AUTH)
                        .filter(auth -> !auth.equals("need"))
                        .isPresent()
                || ContextKeys.KEYS.known().stream().anyMatch(key -> key.startsWith(ContextKeys.ALLOW) && isSet(key));
    }

    /** Tests whether it sets one of some keys. */
    boolean setsOneOf(Set<String> keys) {
        return keys.stream().anyMatch(this::isSet);
    }

    private boolean isSet(String key) {
        return ContextKeys.KEYS.isKnown(key) && properties.value(key).isPresent();
    }

    private Optional<String> word(String key) {
        return properties
                .value(key)
                .map(Setting::value)
                .map(value -> value.strip().toLowerCase(Locale.ROOT));
    }

    /** The kinds of a group of stores that it configures, or the one that it selects. */
    Set<String> kinds(String group) {
        return kinds.getOrDefault(group, Set.of());
    }

    /** Tests whether it says where a store is, so that the store is its own. */
    boolean locates(StoreKey store) {
        return located.contains(store);
    }
}
