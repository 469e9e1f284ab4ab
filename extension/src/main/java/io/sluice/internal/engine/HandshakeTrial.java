package io.sluice.internal.engine;

import io.sluice.internal.jsse.EngineParameters;
import io.sluice.internal.jsse.EngineRelease;
import io.sluice.internal.jsse.JsseProviders;
import io.sluice.internal.jsse.KeyExchange;
import io.sluice.internal.jsse.RootCause;
import io.sluice.internal.material.KeyTrial;
import io.sluice.internal.material.TrustAllManager;
import io.sluice.internal.settings.ContextSettings;
import java.security.GeneralSecurityException;
import java.security.Provider;
import java.util.Arrays;
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
 * One handshake in memory. The server has one key and the parameters of its context; the client is JSSE's, and accepts everything that the JVM
 * supports. Engines find out only in a handshake whether parameters and key fit.
 */
public final class HandshakeTrial implements KeyTrial {

    private final ServerEngine server;
    private final Optional<Provider> ofClient;
    private final List<String> groups;

    /** Makes the server's engine. */
    private interface ServerEngine {
        EngineAdapter with(X509ExtendedKeyManager key) throws GeneralSecurityException, SSLException;
    }

    private HandshakeTrial(ServerEngine server, Optional<Provider> ofClient, List<String> groups) {
        this.server = server;
        this.ofClient = ofClient;
        this.groups = groups;
    }

    /**
     * A trial of engines of JSSE.
     *
     * @param provider the provider of both sides
     * @param parameters the parameters of the server
     * @return the trial
     */
    public static HandshakeTrial of(Provider provider, EngineParameters parameters) {
        return new HandshakeTrial(
                key -> server(JsseProviders.context(provider), parameters, key),
                Optional.of(provider),
                parameters.keyExchange().groups());
    }

    /**
     * A trial of engines that JSSE does not make.
     *
     * @param provider makes the server's engine
     * @param settings the settings of the context, whose versions and suites the server has
     * @return the trial
     */
    public static HandshakeTrial of(EngineProvider provider, ContextSettings settings) {
        return new HandshakeTrial(key -> server(provider, settings, key), Optional.empty(), List.of());
    }

    @Override
    public Optional<String> failure(X509ExtendedKeyManager key) {
        try {
            EngineAdapter tried = server.with(key);
            try {
                new InMemoryHandshake(client(tried.engine()), tried.engine()).run();
            } finally {
                tried.release();
            }
            return Optional.empty();
        } catch (GeneralSecurityException | SSLException | RuntimeException | Error e) {
            return Optional.of(RootCause.of(e));
        }
    }

    private static EngineAdapter server(SSLContext context, EngineParameters parameters, X509ExtendedKeyManager key)
            throws GeneralSecurityException {
        SSLEngine engine = initialised(context, key).createSSLEngine();
        engine.setUseClientMode(false);
        engine.setSSLParameters(served(parameters));
        parameters.keyExchange().complete(engine);
        return new JsseAdapter(engine, EngineRelease.of(engine));
    }

    private static SSLParameters served(EngineParameters parameters) {
        SSLParameters own = parameters.serverEngine();
        SSLParameters served = new SSLParameters();
        served.setProtocols(own.getProtocols());
        if (own.getCipherSuites() != null) {
            served.setCipherSuites(own.getCipherSuites());
        }
        parameters.keyExchange().set(served);
        return served;
    }

    /** The engine keeps what it needs of its context. */
    private static EngineAdapter server(EngineProvider provider, ContextSettings settings, X509ExtendedKeyManager key)
            throws GeneralSecurityException, SSLException {
        ContextSettings tried = settings.onlyVersionsAndSuites();
        try (EngineContext context =
                provider.context(new EngineMaterial(tried, key, new TrustAllManager(), false, Optional.empty()))) {
            return context.engine(new EngineOptions(false, "localhost", 0, new SSLParameters()));
        }
    }

    private SSLEngine client(SSLEngine tried) throws GeneralSecurityException {
        SSLContext context = ofClient.isPresent() ? JsseProviders.context(ofClient.get()) : JsseProviders.context();
        SSLEngine client = initialised(context).createSSLEngine();
        client.setUseClientMode(true);
        client.setEnabledProtocols(versions(tried.getEnabledProtocols()));
        client.setEnabledCipherSuites(client.getSupportedCipherSuites());
        if (!groups.isEmpty()) {
            offerGroups(client);
        }
        return client;
    }

    /** Netty's engine also names the form of a hello that has no extensions, which an engine of JSSE would then use. */
    private static String[] versions(String... protocols) {
        return Arrays.stream(protocols)
                .filter(protocol -> !protocol.equals("SSLv2Hello"))
                .toArray(String[]::new);
    }

    /** An engine may know groups that it does not offer by itself. */
    private void offerGroups(SSLEngine client) {
        KeyExchange wanted = new KeyExchange(groups, List.of());
        SSLParameters offered = client.getSSLParameters();
        wanted.set(offered);
        client.setSSLParameters(offered);
        wanted.complete(client);
    }

    /** The client checks no certificate, because the only question is whether the handshake can be completed. */
    private static SSLContext initialised(SSLContext context, KeyManager... keys) throws GeneralSecurityException {
        context.init(keys, new TrustManager[] {new TrustAllManager()}, null);
        return context;
    }
}
