package io.sluice.context;

import java.util.Optional;

/** Whether a context has a key to serve with, and what to do if not. */
final class ServerKey {

    private static final ServerKey ASSUMED = new ServerKey(Optional.empty());

    private final Optional<String> remedy;

    private ServerKey(Optional<String> remedy) {
        this.remedy = remedy;
    }

    /** There is one, or nobody can tell: JSSE does not say which keys an application's context holds. */
    static ServerKey assumed() {
        return ASSUMED;
    }

    /** There is none. */
    static ServerKey missing(String remedy) {
        return new ServerKey(Optional.of(remedy));
    }

    void require(String description) throws SslContextException {
        if (remedy.isPresent()) {
            throw new SslContextException(
                    description + " has no key, so it cannot be the server side: " + remedy.get());
        }
    }
}
