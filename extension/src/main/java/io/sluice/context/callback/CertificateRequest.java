package io.sluice.context.callback;

import java.security.Principal;
import java.util.List;
import java.util.Optional;

/**
 * A server's request for a client's certificate.
 *
 * @param context the name of the client's context
 * @param peer the server's name or address; empty if the engine was made without one
 * @param keyTypes the key algorithms that the server accepts, such as {@code EC} and {@code RSA}, best first
 * @param issuers the issuers whose certificates it accepts; empty for every issuer
 * @param aliases the aliases of the context's own keys, in their order
 */
public record CertificateRequest(
        String context, Optional<String> peer, List<String> keyTypes, List<Principal> issuers, List<String> aliases) {

    /**
     * Makes a request; the lists are copied.
     *
     * @param context the context's name
     * @param peer the server
     * @param keyTypes the algorithms
     * @param issuers the issuers
     * @param aliases the aliases
     */
    public CertificateRequest {
        keyTypes = List.copyOf(keyTypes);
        issuers = List.copyOf(issuers);
        aliases = List.copyOf(aliases);
    }
}
