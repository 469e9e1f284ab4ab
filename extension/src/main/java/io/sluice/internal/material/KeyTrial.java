package io.sluice.internal.material;

import java.util.List;
import java.util.Optional;
import javax.net.ssl.X509ExtendedKeyManager;

/** A test handshake with a key and the parameters of its context. */
public interface KeyTrial {

    /**
     * The outcome of the trials of a context's keys.
     *
     * @param failures the reason for each key type that cannot serve
     * @param anyWorks whether the keys of some type can serve, or may be able to because they stay in a token
     */
    record Outcome(List<String> failures, boolean anyWorks) {

        /** Copies the list. */
        public Outcome {
            failures = List.copyOf(failures);
        }
    }

    /**
     * Serves one handshake in memory. The key signs once.
     *
     * @param key supplies the key for any name, even if it is out of date
     * @return the reason for a failure; empty if the handshake completes
     */
    Optional<String> failure(X509ExtendedKeyManager key);
}
