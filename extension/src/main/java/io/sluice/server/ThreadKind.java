package io.sluice.server;

/** The kind of threads that serve connections. */
public enum ThreadKind {
    /**
     * Managed threads if a Jakarta EE server provides them, otherwise virtual threads if the JDK has them (21 or later), otherwise platform
     * threads.
     */
    AUTO,
    /** Virtual threads. An error if the JDK has none. */
    VIRTUAL,
    /** Platform threads, which are kept for a while and reused. */
    PLATFORM,
    /**
     * Threads of the application server's default {@code ManagedThreadFactory} (Jakarta Concurrency), which are kept for a while and reused.
     * They have the application's naming, security and class loader. An error if there is no such factory.
     */
    MANAGED
}
