package io.sluice.internal.context;

import io.sluice.internal.engine.InMemoryHandshake;
import io.sluice.internal.jsse.EngineParameters;
import io.sluice.internal.jsse.JsseProviders;
import io.sluice.internal.jsse.KeyExchange;
import io.sluice.internal.jsse.RootCause;
import io.sluice.internal.material.KeyTrial;
import io.sluice.internal.material.TrustAllManager;
import java.security.GeneralSecurityException;
import java.security.Provider;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedKeyManager;

/**
 * One handshake in memory. The server has one key and the parameters of its context; the client accepts everything that the JVM
 * supports. JSSE finds out only in a handshake whether parameters and key fit.
 *
 * @param provider the provider of both sides
 * @param parameters the parameters of the server
 */
record HandshakeTrial(Provider provider, EngineParameters parameters) implements KeyTrial {

    @Override
    public Optional<String> failure(X509ExtendedKeyManager key) {
        try {
            SSLEngine server = context(key).createSSLEngine();
            server.setUseClientMode(false);
            server.setSSLParameters(served());
            parameters.keyExchange().complete(server);
            SSLEngine client = context().createSSLEngine();
            client.setUseClientMode(true);
            client.setEnabledProtocols(server.getEnabledProtocols());
            client.setEnabledCipherSuites(client.getSupportedCipherSuites());
            offerGroups(client);
            new InMemoryHandshake(client, server).run();
            return Optional.empty();
        } catch (GeneralSecurityException | SSLException | RuntimeException | Error e) {
            return Optional.of(RootCause.of(e));
        }
    }

    /** An engine may know groups that it does not offer by itself. */
    private void offerGroups(SSLEngine client) {
        KeyExchange groups = new KeyExchange(parameters.keyExchange().groups(), List.of());
        SSLParameters offered = client.getSSLParameters();
        groups.set(offered);
        client.setSSLParameters(offered);
        groups.complete(client);
    }

    private SSLParameters served() {
        SSLParameters own = parameters.serverEngine();
        SSLParameters served = new SSLParameters();
        served.setProtocols(own.getProtocols());
        if (own.getCipherSuites() != null) {
            served.setCipherSuites(own.getCipherSuites());
        }
        parameters.keyExchange().set(served);
        return served;
    }

    /** The client checks no certificate, because the only question is whether the handshake can be completed. */
    private SSLContext context(KeyManager... keys) throws GeneralSecurityException {
        SSLContext context = JsseProviders.context(provider);
        context.init(keys, new TrustManager[] {new TrustAllManager()}, null);
        return context;
    }
}
