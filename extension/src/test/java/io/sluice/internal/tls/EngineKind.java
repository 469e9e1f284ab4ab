package io.sluice.internal.transport;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.util.ReferenceCountUtil;
import io.sluice.testing.TestCertificate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;

/** The engines for tests of the TLS loop. Contexts are cached, so that one JVM creates few of them. */
enum EngineKind {
    /** The JDK's own. */
    JDK {
        @Override
        SSLEngine newEngine(TestCertificate certificate, String protocol, Role role) {
            SSLContext context = role == Role.KEYLESS_CLIENT ? certificate.trustingContext() : context(certificate);
            SSLEngine engine = context.createSSLEngine("localhost", PORT.incrementAndGet());
            engine.setUseClientMode(role.client());
            engine.setNeedClientAuth(role == Role.DEMANDING_SERVER);
            return engine;
        }
    },
    /** Netty's, over BoringSSL. */
    OPENSSL {
        @Override
        SSLEngine newEngine(TestCertificate certificate, String protocol, Role role) throws SSLException {
            return netty(certificate, protocol, role).newEngine(ByteBufAllocator.DEFAULT, "localhost", 443);
        }
    };

    enum Role {
        SERVER,
        /** Requires a client certificate. */
        DEMANDING_SERVER,
        CLIENT,
        /** Has no certificate to show. */
        KEYLESS_CLIENT;

        boolean client() {
            return this == CLIENT || this == KEYLESS_CLIENT;
        }
    }

    /** A client resumes sessions by host and port: each engine has a port of its own, so that each handshake is a full one. */
    private static final AtomicInteger PORT = new AtomicInteger();

    private static final Map<TestCertificate, SSLContext> CONTEXTS = new ConcurrentHashMap<>();
    private static final Map<Object, SslContext> NETTY_CONTEXTS = new ConcurrentHashMap<>();

    abstract SSLEngine newEngine(TestCertificate certificate, String protocol, Role role) throws SSLException;

    /** An engine for one protocol version, its role set. */
    SSLEngine engine(TestCertificate certificate, String protocol, Role role) {
        try {
            SSLEngine engine = newEngine(certificate, protocol, role);
            SSLParameters parameters = engine.getSSLParameters();
            parameters.setProtocols(new String[] {protocol});
            if (role.client()) {
                parameters.setServerNames(List.of(new SNIHostName("sluice.test")));
            }
            engine.setSSLParameters(parameters);
            return engine;
        } catch (SSLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Frees what an engine holds outside the heap. */
    static void release(SSLEngine engine) {
        ReferenceCountUtil.release(engine);
    }

    private static SSLContext context(TestCertificate certificate) {
        return CONTEXTS.computeIfAbsent(certificate, TestCertificate::context);
    }

    private static SslContext netty(TestCertificate certificate, String protocol, Role role) {
        return NETTY_CONTEXTS.computeIfAbsent(
                List.of(certificate, protocol, role), key -> newNetty(certificate, protocol, role));
    }

    private static SslContext newNetty(TestCertificate certificate, String protocol, Role role) {
        try {
            SslContextBuilder builder = role.client()
                    ? SslContextBuilder.forClient()
                    : SslContextBuilder.forServer(certificate.key(), certificate.certificate());
            if (role == Role.CLIENT) {
                builder.keyManager(certificate.key(), certificate.certificate());
            }
            return builder.trustManager(certificate.certificate())
                    .sslProvider(SslProvider.OPENSSL)
                    .protocols(protocol)
                    .clientAuth(role == Role.DEMANDING_SERVER ? ClientAuth.REQUIRE : ClientAuth.NONE)
                    .endpointIdentificationAlgorithm(null)
                    .build();
        } catch (SSLException e) {
            throw new IllegalStateException(e);
        }
    }
}
