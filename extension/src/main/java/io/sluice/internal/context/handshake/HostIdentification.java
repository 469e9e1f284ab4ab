package io.sluice.internal.context.handshake;

import io.sluice.context.SslSide;
import io.sluice.internal.jsse.EngineParameters;
import io.sluice.internal.settings.ParameterSettings;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/**
 * The host identification that a side of the handshake requires. A socket is the JDK's own: its parameters are set when it is made,
 * and its user may choose the other side afterwards. This is first visible when the peer's certificate is checked. A server that
 * identifies hosts would reject every client.
 */
public final class HostIdentification {

    private final String ofClients;

    private HostIdentification(String ofClients) {
        this.ofClients = ofClients;
    }

    public static HostIdentification of(ParameterSettings settings) {
        return new HostIdentification(EngineParameters.identification(settings).orElse(EngineParameters.HTTPS));
    }

    /** Adjusts a socket to its side, and returns its parameters. */
    public SSLParameters settle(SslSide side, SSLSocket socket) {
        SSLParameters parameters = socket.getSSLParameters();
        if (changed(side, parameters)) {
            socket.setSSLParameters(parameters);
        }
        return parameters;
    }

    /** Adjusts an engine to its side, and returns its parameters. */
    public SSLParameters settle(SslSide side, SSLEngine engine) {
        SSLParameters parameters = engine.getSSLParameters();
        if (changed(side, parameters)) {
            engine.setSSLParameters(parameters);
        }
        return parameters;
    }

    /** A server identifies no hosts. A client does as configured, unless its user has set something else. */
    private boolean changed(SslSide side, SSLParameters parameters) {
        String algorithm = parameters.getEndpointIdentificationAlgorithm();
        boolean change = side == SslSide.SERVER ? algorithm != null && !algorithm.isEmpty() : algorithm == null;
        if (change) {
            parameters.setEndpointIdentificationAlgorithm(
                    side == SslSide.SERVER ? EngineParameters.NO_IDENTIFICATION : ofClients);
        }
        return change;
    }
}
