package io.sluice.internal.config;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The keys that say where stores are and how they are opened, except PEM pairs. */
final class StoreKeys {

    private static final List<String> OF_TRUST = List.of("path", "password", "password-file", "alias");
    private static final List<String> OF_KEYS =
            List.of("path", "password", "password-file", "alias", "alias-password", "alias-password-file");
    private static final List<String> OF_OTHER = List.of("type", "provider", "provider-config");

    static final Set<String> ALL = all();

    private StoreKeys() {}

    private static Set<String> all() {
        Set<String> keys = new TreeSet<>();
        for (String group : List.of(StoreKey.KEYS, StoreKey.CLIENT_KEYS)) {
            keys.add(group + ".pem.order");
            add(group, OF_KEYS, keys);
        }
        keys.add(TrustStoreReader.PEM);
        add(StoreKey.TRUST, OF_TRUST, keys);
        return Set.copyOf(keys);
    }

    private static void add(String group, List<String> ofEach, Set<String> keys) {
        keys.add(group + ".kind");
        for (String kind : List.of("p12", "jks", "other")) {
            ofEach.forEach(key -> keys.add(group + "." + kind + "." + key));
        }
        OF_OTHER.forEach(key -> keys.add(group + ".other." + key));
    }
}
