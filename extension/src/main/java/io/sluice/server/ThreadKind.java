package io.sluice.server;

/** The threads that connections are served on. */
public enum ThreadKind {
    /** Virtual threads where the JDK has them (from 21 on), platform threads otherwise. */
    AUTO,
    /** Virtual threads: an error where the JDK has none. */
    VIRTUAL,
    /** Platform threads, kept for a while to serve again. */
    PLATFORM
}
