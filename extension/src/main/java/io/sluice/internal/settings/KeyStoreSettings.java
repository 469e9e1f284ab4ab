package io.sluice.internal.settings;

import java.util.List;
import java.util.Optional;

/** The location of a context's own keys. */
public sealed interface KeyStoreSettings {

    /**
     * Returns whether the server side chooses its key by the name that the client sends.
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
     * @param sni whether to choose by the name that the client sends
     */
    record Store(StoreSettings store, boolean sni) implements KeyStoreSettings {}
}
