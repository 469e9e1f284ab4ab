package io.sluice.internal.client;

/** Why a client has closed a connection. */
enum Discard {
    /** A caller failed with it, or did not say that its exchange was complete. */
    FAILED,
    /** The peer has closed it, or has sent something that nobody asked for. */
    PEER,
    /** The application's check has refused it. */
    CHECK,
    /** The context has been reloaded since. */
    GENERATION,
    /** An address that is preferred works again. */
    ADDRESS,
    /** It has reached its longest lifetime. */
    LIFETIME,
    /** It has not been used for too long. */
    IDLE,
    /** The application has ended. */
    END
}
