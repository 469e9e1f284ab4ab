package io.sluice.context;

/** Whether a context has a key to serve with; found out when it is to serve. */
@FunctionalInterface
interface ServerKey {

    /** Throws, with what to do, if there is none. */
    void require(String description) throws SslContextException;

    /** There is one, or nobody can tell: JSSE does not say which keys an application's context holds. */
    static ServerKey assumed() {
        return description -> {};
    }

    /** There is none. */
    static ServerKey missing(String remedy) {
        return description -> {
            throw new SslContextException(description + " has no key, so it cannot be the server side: " + remedy);
        };
    }
}
