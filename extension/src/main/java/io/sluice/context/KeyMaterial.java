package io.sluice.context;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Objects;

/**
 * A private key with its certificates, as a {@link KeyMaterialSource} supplies it. Immutable.
 *
 * @param name the key's name, by which callbacks choose it and messages call it; names are unique in a context
 * @param key the private key, which may stay in hardware
 * @param chain the certificates: the key's own first, then the one that issued it, and so on; at least one
 */
public record KeyMaterial(String name, PrivateKey key, List<X509Certificate> chain) {

    /**
     * Copies the chain.
     *
     * @param name the key's name
     * @param key the private key
     * @param chain the certificates
     * @throws NullPointerException if anything is null
     * @throws IllegalArgumentException if the chain is empty
     */
    public KeyMaterial {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(key, "key");
        chain = List.copyOf(chain);
        if (chain.isEmpty()) {
            throw new IllegalArgumentException(
                    "key '" + name + "' has no certificate. Supply at least the certificate that was issued for it");
        }
    }

    @Override
    public String toString() {
        return "key '" + name + "' of '" + chain.get(0).getSubjectX500Principal() + "'";
    }
}
