package io.sluice.internal.engine;

import javax.net.ssl.SSLParameters;

/**
 * What one connection asks of its engine.
 *
 * @param client whether it is the client's side
 * @param peerHost the name or address by which a client keeps its sessions and checks the peer
 * @param peerPort the peer's port
 * @param parameters all parameters of this side; they may be shared, so they must not be changed
 * @param checks how this connection checks its peer, if that differs from the context; empty if it does not. Connections that check
 *     differently must not resume each other's sessions
 */
public record EngineOptions(boolean client, String peerHost, int peerPort, SSLParameters parameters, String checks) {

    /** Options of a connection that checks its peer as the context does. */
    public EngineOptions(boolean client, String peerHost, int peerPort, SSLParameters parameters) {
        this(client, peerHost, peerPort, parameters, "");
    }

    /**
     * Options of a connection that checks its peer differently.
     *
     * @param others how it does; the same text for connections that do it in the same way
     * @return the options
     */
    public EngineOptions checking(String others) {
        return new EngineOptions(client, peerHost, peerPort, parameters, others);
    }
}
