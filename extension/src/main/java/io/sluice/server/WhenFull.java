package io.sluice.server;

/** The treatment of a new connection when a server has reached its limit. */
public enum WhenFull {
    /** The connection waits in the backlog until another one ends. If the backlog is full, the operating system refuses clients. */
    WAIT,
    /** The connection is accepted and reset immediately. */
    REFUSE
}
