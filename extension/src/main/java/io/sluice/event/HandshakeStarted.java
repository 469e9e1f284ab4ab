package io.sluice.event;

/**
 * A TLS handshake has begun. {@link HandshakeCompleted} or {@link HandshakeFailed} follows. If the peer only checked the port, neither
 * follows: the connection ends as a {@linkplain ConnectionEnded.Reason#PROBE probe}. Implemented by Sluice only, so later versions may add
 * methods.
 */
public interface HandshakeStarted extends HandshakeEvent {}
