package io.sluice.stream;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolConfig.Protocol;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.sluice.testing.TestAuthority;
import io.sluice.testing.TestChain;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * One side of a handshake.
 *
 * @param chain what it shows, if anything
 * @param protocol the one version that it speaks
 * @param suites the cipher suites that it speaks; empty for all
 * @param demanding whether it wants the client's certificate
 */
record HandshakeSide(@Nullable TestChain chain, String protocol, List<String> suites, boolean demanding) {

    /** Offered by every side, so that every handshake agrees on it. */
    static final String ALPN = "sluice/test";

    private static final char[] PASSWORD = "changeit".toCharArray();

    static HandshakeSide showing(@Nullable TestChain chain) {
        return new HandshakeSide(chain, "", List.of(), false);
    }

    HandshakeSide speaking(String version, String... suites) {
        return new HandshakeSide(chain, version, List.of(suites), demanding);
    }

    HandshakeSide demandsACertificate() {
        return new HandshakeSide(chain, protocol, suites, true);
    }

    SSLEngine jdkEngine(boolean client, TestAuthority trusted) throws GeneralSecurityException {
        KeyManager[] keys = null;
        if (chain != null) {
            KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            factory.init(chain.keyStore("PKCS12", "key", "changeit"), PASSWORD);
            keys = factory.getKeyManagers();
        }
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys, trust(trusted).getTrustManagers(), null);
        SSLEngine engine = context.createSSLEngine("localhost", 1);
        engine.setUseClientMode(client);
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setProtocols(new String[] {protocol});
        if (!suites.isEmpty()) {
            parameters.setCipherSuites(suites.toArray(String[]::new));
        }
        if (client) {
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
        }
        parameters.setApplicationProtocols(new String[] {ALPN});
        parameters.setNeedClientAuth(demanding);
        engine.setSSLParameters(parameters);
        return engine;
    }

    SSLEngine opensslEngine(boolean client, TestAuthority trusted) throws SSLException {
        SslContextBuilder builder = client
                ? SslContextBuilder.forClient().endpointIdentificationAlgorithm("HTTPS")
                : SslContextBuilder.forServer(chain.leaf().key(), chain.leaf().certificate());
        if (client && chain != null) {
            builder.keyManager(chain.leaf().key(), chain.leaf().certificate());
        }
        if (!suites.isEmpty()) {
            builder.ciphers(suites);
        }
        return builder.trustManager(trusted.certificate())
                .sslProvider(SslProvider.OPENSSL)
                .protocols(protocol)
                .applicationProtocolConfig(new ApplicationProtocolConfig(
                        Protocol.ALPN,
                        SelectorFailureBehavior.NO_ADVERTISE,
                        SelectedListenerFailureBehavior.ACCEPT,
                        ALPN))
                .clientAuth(demanding ? ClientAuth.REQUIRE : ClientAuth.NONE)
                .build()
                .newEngine(ByteBufAllocator.DEFAULT, "localhost", 1);
    }

    private static TrustManagerFactory trust(TestAuthority trusted) throws GeneralSecurityException {
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        KeyStore store = KeyStore.getInstance("PKCS12");
        try {
            store.load(null, null);
        } catch (java.io.IOException e) {
            throw new GeneralSecurityException(e);
        }
        store.setCertificateEntry("trusted", trusted.certificate());
        trust.init(store);
        return trust;
    }
}
