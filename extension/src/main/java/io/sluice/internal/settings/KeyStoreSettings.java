package io.sluice.internal.settings;

import java.util.List;
import java.util.Optional;

/** Where a context's own keys are. */
public sealed interface KeyStoreSettings {

    /**
     * Whether the server side chooses its key by the name that the client sends.
     *
     * @return true to choose by name, false for the first key that fits
     */
    boolean sni();

    /**
     * Certificates and keys as PEM.
     *
     * @param pairs at least one pair, the first one preferred
     * @param sni whether to choose by the name that the client sends
     */
    record Pem(List<Pair> pairs, boolean sni) implements KeyStoreSettings {

        /** Makes the settings; the list is copied. */
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

        /** What the pair is called among the others: the last part of the prefix. */
        public String name() {
            return prefix.substring(prefix.lastIndexOf('.') + 1);
        }
    }

    /**
     * A key store.
     *
     * @param store the store
     * @param sni whether to choose by the name that the client sends
     */
    record Store(StoreSettings store, boolean sni) implements KeyStoreSettings {}
}
