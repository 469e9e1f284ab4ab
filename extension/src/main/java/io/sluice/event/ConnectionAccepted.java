package io.sluice.event;

/**
 * An endpoint or server has taken a connection from the backlog. Either {@link ConnectionRefused} or {@link ConnectionEnded} follows.
 * Implemented by Sluice only, so later versions may add methods.
 */
public interface ConnectionAccepted extends ConnectionEvent {}
