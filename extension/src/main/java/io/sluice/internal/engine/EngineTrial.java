package io.sluice.internal.engine;

import io.sluice.internal.jsse.RootCause;
import io.sluice.internal.material.KeyTrial;
import io.sluice.internal.material.TrustAllManager;
import io.sluice.internal.settings.ContextSettings;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedKeyManager;

/**
 * One handshake in memory, of a provider's server with one key and the versions and suites of its context. The client is JSSE's, and accepts
 * everything.
 *
 * @param provider makes the server's engine
 * @param settings the settings of the context
 */
public record EngineTrial(EngineProvider provider, ContextSettings settings) implements KeyTrial {

    @Override
    public Optional<String> failure(X509ExtendedKeyManager key) {
        try {
            EngineAdapter server = server(key);
            try {
                new InMemoryHandshake(client(server.engine()), server.engine()).run();
            } finally {
                server.release();
            }
            return Optional.empty();
        } catch (GeneralSecurityException | SSLException | RuntimeException | Error e) {
            return Optional.of(RootCause.of(e));
        }
    }

    /** The engine keeps what it needs of its context. */
    private EngineAdapter server(X509ExtendedKeyManager key) throws GeneralSecurityException, SSLException {
        ContextSettings tried = settings.with(settings.parameters().onlyVersionsAndSuites());
        try (EngineContext context =
                provider.context(new EngineMaterial(tried, key, new TrustAllManager(), false, Optional.empty()))) {
            return context.engine(new EngineOptions(false, "localhost", 0, new SSLParameters()));
        }
    }

    private static SSLEngine client(SSLEngine server) throws GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new TrustAllManager()}, null);
        SSLEngine client = context.createSSLEngine();
        client.setUseClientMode(true);
        client.setEnabledProtocols(versions(server.getEnabledProtocols()));
        client.setEnabledCipherSuites(client.getSupportedCipherSuites());
        return client;
    }

    /** Netty's engine also names the form of a hello that has no extensions, which an engine of JSSE would then use. */
    private static String[] versions(String... protocols) {
        return Arrays.stream(protocols)
                .filter(protocol -> !protocol.equals("SSLv2Hello"))
                .toArray(String[]::new);
    }
}
