package io.sluice.context.callback;

import java.util.List;
import java.util.Optional;

/**
 * The first message of a client (ClientHello).
 *
 * @param context the name of the context that serves
 * @param serverName the host name that the client requests, in ASCII; empty if it sends none
 * @param peer the client's address; empty if the engine was made without one
 * @param aliases the aliases of the context's own keys, in their order
 */
public record ClientHello(String context, Optional<String> serverName, Optional<String> peer, List<String> aliases) {

    /**
     * Makes a message; the list is copied.
     *
     * @param context the context's name
     * @param serverName the requested name
     * @param peer the client's address
     * @param aliases the aliases
     */
    public ClientHello {
        aliases = List.copyOf(aliases);
    }
}
