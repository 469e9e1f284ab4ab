package io.sluice.context;

import io.sluice.internal.Internal;

/**
 * Whether a context has a key to serve with; found out when it is to serve.
 *
 * @hidden
 */
@FunctionalInterface
@Internal
public interface ServerKey {

    /**
     * Checks that there is a key.
     *
     * @param description the context, as its specifier describes itself
     * @throws SslContextException if there is none; the message says what to do
     */
    void require(String description) throws SslContextException;

    /**
     * A key that exists, or may exist: JSSE does not say which keys an application's context holds.
     *
     * @return a check that always passes
     */
    static ServerKey assumed() {
        return description -> {};
    }

    /**
     * No key.
     *
     * @param remedy what to do, for the message
     * @return a check that always fails
     */
    static ServerKey missing(String remedy) {
        return description -> {
            throw new SslContextException(description + " has no key, so it cannot be the server side: " + remedy);
        };
    }
}
