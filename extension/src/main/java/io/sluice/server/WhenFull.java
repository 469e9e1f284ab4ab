package io.sluice.server;

/** What becomes of a connection that comes when a server has as many as it may. */
public enum WhenFull {
    /** It waits in the backlog until another ends; beyond the backlog the operating system turns clients away. */
    WAIT,
    /** It is accepted and reset at once. */
    REFUSE
}
