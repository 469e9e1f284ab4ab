package io.sluice.internal.security;

import java.security.Principal;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/**
 * A client whose certificate has been verified.
 *
 * @param name the name in its certificate that a rule admits; empty if there are no rules, or the rule does not identify one client
 * @param chain its certificates, its own first; not empty
 */
public record CertifiedCaller(Optional<String> name, List<X509Certificate> chain) {

    /** Copies the chain. */
    public CertifiedCaller {
        chain = List.copyOf(chain);
    }

    /** The subject of its certificate. */
    Principal subject() {
        return chain.get(0).getSubjectX500Principal();
    }
}
