package io.sluice.internal.security;

import java.util.Optional;

/** The security of an application server, which can run code as a caller. Thread-safe. */
public interface ServerSecurity {

    /** Code to run. */
    interface Action {

        /**
         * Runs the code.
         *
         * @throws Exception passed on
         */
        void run() throws Exception;
    }

    /**
     * Runs code as a caller, on this thread.
     *
     * @param caller the client
     * @param action the code
     * @throws UnknownCallerException if the server does not know the client; the code has not run
     * @throws Exception what the code throws
     */
    void runAs(CertifiedCaller caller, Action action) throws Exception;

    /**
     * The security of the server in which an application runs.
     *
     * @param application the application's class loader
     * @return the security; empty if the server is none of those that Sluice knows, or its security is not enabled
     */
    static Optional<ServerSecurity> of(ClassLoader application) {
        return ElytronSecurity.of(application).or(() -> LibertySecurity.of(application));
    }
}
