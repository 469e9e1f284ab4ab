package io.sluice.context.material;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/** Tries a key in a handshake with the parameters of its context. */
public interface KeyTrial {

    /** Tries nothing. */
    KeyTrial NONE = (key, chain) -> Optional.empty();

    /**
     * Serves one handshake in memory. The key signs once.
     *
     * @param key the key
     * @param chain its certificate chain
     * @return why the handshake fails; empty if it is completed
     */
    Optional<String> failure(PrivateKey key, List<X509Certificate> chain);
}
