package io.sluice.internal.material;

import java.util.List;
import java.util.Optional;
import javax.net.ssl.X509ExtendedKeyManager;

/** Tries a key in a handshake with the parameters of its context. */
public interface KeyTrial {

    /**
     * What came of the trials of a context's keys.
     *
     * @param failures why the keys of each type that failed cannot serve
     * @param anyWorks whether the keys of a type can serve, or nobody knows because one stays in its token
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
     * @param key gives the key, in or out of date, for any name
     * @return why the handshake fails; empty if it is completed
     */
    Optional<String> failure(X509ExtendedKeyManager key);
}
