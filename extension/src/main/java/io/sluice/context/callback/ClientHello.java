package io.sluice.context.callback;

import java.util.List;
import java.util.Optional;

/**
 * What a client begins with.
 *
 * @param context the name of the context that serves
 * @param serverName the host name that the client asks for, in ASCII; empty if it sends none
 * @param peer the client's address; empty if the engine was made without
 * @param aliases the aliases of the context's own keys, in their order
 */
public record ClientHello(String context, Optional<String> serverName, Optional<String> peer, List<String> aliases) {

    /**
     * Makes the question; the list is copied.
     *
     * @param context the context's name
     * @param serverName the name asked for
     * @param peer the client's address
     * @param aliases the aliases
     */
    public ClientHello {
        aliases = List.copyOf(aliases);
    }
}
