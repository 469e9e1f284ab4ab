package io.sluice.context.callback;

import java.security.Principal;
import java.util.List;
import java.util.Optional;

/**
 * What a server asks a client for.
 *
 * @param context the name of the client's context
 * @param peer the server's name or address; empty if the engine was made without
 * @param keyTypes the algorithms of keys that the server takes, {@code EC} and {@code RSA} say, best first
 * @param issuers whose certificates it takes; empty for anybody's
 * @param aliases the aliases of the context's own keys, in their order
 */
public record CertificateRequest(
        String context, Optional<String> peer, List<String> keyTypes, List<Principal> issuers, List<String> aliases) {

    /**
     * Makes the question; the lists are copied.
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
