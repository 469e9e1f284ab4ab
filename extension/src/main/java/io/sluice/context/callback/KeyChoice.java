package io.sluice.context.callback;

/** The key that a callback chooses for a handshake. */
public sealed interface KeyChoice {

    /**
     * The choice that is made without a callback: the first of the context's keys that fits.
     *
     * @return the choice
     */
    static KeyChoice ordinary() {
        return new Ordinary();
    }

    /**
     * One of the context's own keys. If the peer does not accept keys of its algorithm, no key is used.
     *
     * @param alias the alias in the key store; for a PEM pair {@code key-store.pem.NAME.…}, NAME
     * @return the choice
     */
    static KeyChoice alias(String alias) {
        return new Alias(alias);
    }

    /**
     * The first key that fits of another configured context, whose own callbacks are not called.
     *
     * @param name the other context's name
     * @return the choice
     */
    static KeyChoice context(String name) {
        return new OfContext(name);
    }

    /**
     * No key: a client presents no certificate, a server rejects the client.
     *
     * @return the choice
     */
    static KeyChoice none() {
        return new None();
    }

    /** The context's own choice. */
    record Ordinary() implements KeyChoice {}

    /**
     * One of the context's keys.
     *
     * @param alias its alias
     */
    record Alias(String alias) implements KeyChoice {}

    /**
     * A key of another context.
     *
     * @param name the context's name
     */
    record OfContext(String name) implements KeyChoice {}

    /** No key. */
    record None() implements KeyChoice {}
}
