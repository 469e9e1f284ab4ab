package io.sluice.internal.context;

import io.sluice.internal.jsse.EngineParameters;
import io.sluice.internal.jsse.JsseProviders;
import io.sluice.internal.jsse.KeyExchange;
import io.sluice.internal.jsse.RootCause;
import io.sluice.internal.material.KeyTrial;
import io.sluice.internal.material.TrustAllManager;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.Provider;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
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

    /** Far more steps than any handshake needs. */
    private static final int MOST_STEPS = 100;

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
            run(client, server);
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

    private static void run(SSLEngine client, SSLEngine server) throws SSLException {
        ByteBuffer toServer = packet(client);
        ByteBuffer toClient = packet(server);
        client.beginHandshake();
        server.beginHandshake();
        for (int step = 0; step < MOST_STEPS && (handshakes(client) || handshakes(server)); step++) {
            step(client, toClient, toServer);
            step(server, toServer, toClient);
        }
        if (handshakes(client) || handshakes(server)) {
            throw new SSLException("the handshake in memory does not end");
        }
    }

    private static ByteBuffer packet(SSLEngine engine) {
        return ByteBuffer.allocate(4 * engine.getSession().getPacketBufferSize());
    }

    private static boolean handshakes(SSLEngine engine) {
        return engine.getHandshakeStatus() != HandshakeStatus.NOT_HANDSHAKING;
    }

    /** The server's failure is the one to report, so its alert is not read. The server throws at its next wrap. */
    private static void step(SSLEngine engine, ByteBuffer in, ByteBuffer out) throws SSLException {
        HandshakeStatus status = engine.getHandshakeStatus();
        if (status == HandshakeStatus.NEED_TASK) {
            for (Runnable task = engine.getDelegatedTask(); task != null; task = engine.getDelegatedTask()) {
                task.run();
            }
        } else if (status == HandshakeStatus.NEED_WRAP) {
            engine.wrap(ByteBuffer.allocate(0), out);
        } else {
            in.flip();
            if (in.hasRemaining() || status == HandshakeStatus.NEED_UNWRAP_AGAIN) {
                engine.unwrap(in, ByteBuffer.allocate(engine.getSession().getApplicationBufferSize()));
            }
            in.compact();
        }
    }
}
