package io.sluice.internal.boringssl;

import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolConfig.Protocol;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.OpenSslCachingX509KeyManagerFactory;
import io.netty.handler.ssl.OpenSslContextOption;
import io.netty.handler.ssl.ReferenceCountedOpenSslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.sluice.internal.engine.EngineMaterial;
import io.sluice.internal.jsse.EngineParameters;
import io.sluice.internal.settings.ContextSettings;
import io.sluice.internal.settings.ParameterSettings;
import io.sluice.internal.settings.SessionSettings;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLException;
import javax.net.ssl.X509ExtendedTrustManager;

/** Makes Netty's contexts from the settings, keys and trust of one of ours. Thread-safe. */
final class ContextRecipe {

    /** What is kept of keys in BoringSSL's form. Keys that are no longer in use are removed if there are more. */
    private static final int MOST_KEYS = 256;

    private final EngineMaterial material;
    private final ContextSettings settings;
    private final EngineKeys keys;
    private final Suites suites;
    private final List<String> groups;

    ContextRecipe(EngineMaterial material) {
        this.material = material;
        this.settings = material.settings();
        this.keys = new EngineKeys(material.keys());
        this.suites = Suites.of(settings.parameters());
        this.groups = Groups.of(settings.engine());
    }

    List<String> configuredAlpn() {
        return settings.parameters().alpn().map(protocols -> protocols.list()).orElse(List.of());
    }

    List<String> groups() {
        return groups;
    }

    /** BoringSSL applies a configured limit to sessions of TLS 1.2 only. A ticket of TLS 1.3 is valid for days. */
    boolean limitsSessions() {
        return suites.protocols().contains(Suites.TLS_1_3)
                && settings.sessions()
                        .timeout()
                        .filter(timeout -> !timeout.isZero())
                        .isPresent();
    }

    ReferenceCountedOpenSslContext make(boolean client, List<String> alpn) throws SSLException {
        KeyManagerFactory factory = new OpenSslCachingX509KeyManagerFactory(KeysFactory.of(keys), MOST_KEYS);
        SslContextBuilder builder = client
                ? SslContextBuilder.forClient()
                        .keyManager(factory)
                        .endpointIdentificationAlgorithm(identification(settings.parameters()))
                : SslContextBuilder.forServer(factory).clientAuth(clientAuth(settings.parameters()));
        builder.sslProvider(SslProvider.OPENSSL_REFCNT)
                .trustManager(new AlertingTrust((X509ExtendedTrustManager) material.trust()))
                .protocols(suites.protocols())
                .option(OpenSslContextOption.GROUPS, groups.toArray(String[]::new))
                .option(OpenSslContextOption.PRIVATE_KEY_METHOD, new JdkSignatures(keys));
        builder.ciphers(suites.names());
        limit(builder, settings.sessions());
        if (!alpn.isEmpty()) {
            builder.applicationProtocolConfig(new ApplicationProtocolConfig(
                    Protocol.ALPN, SelectorFailureBehavior.NO_ADVERTISE, SelectedListenerFailureBehavior.ACCEPT, alpn));
        }
        return (ReferenceCountedOpenSslContext) builder.build();
    }

    private static String identification(ParameterSettings parameters) {
        return EngineParameters.identification(parameters).orElse(EngineParameters.HTTPS);
    }

    private static ClientAuth clientAuth(ParameterSettings parameters) {
        return parameters
                .clientAuth()
                .map(auth -> switch (auth) {
                    case NEED -> ClientAuth.REQUIRE;
                    case WANT -> ClientAuth.OPTIONAL;
                    case NONE -> ClientAuth.NONE;
                })
                .orElse(ClientAuth.NONE);
    }

    /** Netty takes zero for its own default, so no limit is the greatest one. */
    private static void limit(SslContextBuilder builder, SessionSettings sessions) {
        sessions.timeout()
                .ifPresent(
                        timeout -> builder.sessionTimeout(timeout.isZero() ? Integer.MAX_VALUE : timeout.toSeconds()));
        sessions.cacheSize().ifPresent(size -> builder.sessionCacheSize(size == 0 ? Integer.MAX_VALUE : size));
    }
}
