package io.sluice.internal.settings;

import java.util.List;
import java.util.Optional;

/** The location of a context's own keys. */
public sealed interface KeyStoreSettings {

    /**
     * Certificates and keys as PEM.
     *
     * @param pairs at least one pair, the first one preferred
     */
    record Pem(List<Pair> pairs) implements KeyStoreSettings {

        /** Copies the list. */
        public Pem {
            pairs = List.copyOf(pairs);
        }
    }

    /**
     * A certificate chain and its key.
     *
     * @param prefix the properties' common prefix, for messages about one that is not set
     * @param certificate the chain, the key's own certificate first
     * @param key the key
     * @param password the password of an encrypted key
     */
    record Pair(String prefix, Setting certificate, Setting key, Optional<Setting> password) {

        /** Returns the name of the pair, which is the last part of the prefix. */
        public String name() {
            return prefix.substring(prefix.lastIndexOf('.') + 1);
        }
    }

    /**
     * A key store.
     *
     * @param store the store
     */
    record Store(StoreSettings store) implements KeyStoreSettings {}

    /**
     * No keys, on purpose.
     *
     * @param selector the property that says so
     */
    record None(Setting selector) implements KeyStoreSettings {}
}
