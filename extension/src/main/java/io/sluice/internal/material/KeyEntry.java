package io.sluice.internal.material;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;

/** A private key and its certificate chain, its own certificate first. Its string shows no key. */
record KeyEntry(String alias, PrivateKey key, List<X509Certificate> chain) {

    X509Certificate certificate() {
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
