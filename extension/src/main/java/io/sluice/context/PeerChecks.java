package io.sluice.context;

import javax.net.ssl.SSLEngine;

/** How an engine checks its peer, as a text that is the same for engines that may resume each other's sessions. */
final class PeerChecks {

    private PeerChecks() {}

    static String of(SSLEngine engine) {
        if (engine.getUseClientMode()) {
            return "identification=" + engine.getSSLParameters().getEndpointIdentificationAlgorithm();
        }
        return "need=" + engine.getNeedClientAuth() + ",want=" + engine.getWantClientAuth();
    }
}
