package io.sluice.server;

/** The threads that connections are served on. */
public enum ThreadKind {
    /**
     * Managed threads where there is a Jakarta EE server that has them, else virtual threads where the JDK has them (from 21 on), else
     * platform threads.
     */
    AUTO,
    /** Virtual threads: an error where the JDK has none. */
    VIRTUAL,
    /** Platform threads, kept for a while to serve again. */
    PLATFORM,
    /**
     * Threads of the server's default {@code ManagedThreadFactory} (Jakarta Concurrency), kept for a while to serve again: the
     * application's naming, security and class loader are theirs. An error where there is none.
     */
    MANAGED
}
