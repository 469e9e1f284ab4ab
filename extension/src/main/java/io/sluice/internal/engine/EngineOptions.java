package io.sluice.internal.engine;

import javax.net.ssl.SSLParameters;

/**
 * What one connection asks of its engine.
 *
 * @param client whether it is the client's side
 * @param peerHost the name or address by which a client keeps its sessions and checks the peer
 * @param peerPort the peer's port
 * @param parameters all parameters of this side; they may be shared, so they must not be changed
 */
public record EngineOptions(boolean client, String peerHost, int peerPort, SSLParameters parameters) {}
