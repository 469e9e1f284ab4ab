package io.sluice.internal.material;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * A private key and its certificate chain. Its string shows no key.
 *
 * @param alias its name in the context
 * @param key the key
 * @param chain its own certificate first
 * @param source where the certificate was read from
 */
public record KeyEntry(String alias, PrivateKey key, List<X509Certificate> chain, String source) {

    /**
     * The key's own certificate.
     *
     * @return the first of the chain
     */
    public X509Certificate certificate() {
        return chain.get(0);
    }

    X509Certificate[] chainArray() {
        return chain.toArray(X509Certificate[]::new);
    }

    @Override
    public String toString() {
        return "key '" + alias + "' of " + certificate().getSubjectX500Principal();
    }
}
