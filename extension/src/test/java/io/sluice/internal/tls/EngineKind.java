package io.sluice.internal.tls;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.util.ReferenceCountUtil;
import io.sluice.internal.engine.EngineAdapter;
import io.sluice.internal.engine.JsseAdapter;
import io.sluice.testing.TestCertificate;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.Provider;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManagerFactory;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.jsse.provider.BouncyCastleJsseProvider;
import org.jspecify.annotations.Nullable;

/** The engines for tests of TLS. Contexts are cached, so that one JVM creates few of them. */
public enum EngineKind {
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
    /** Netty's, over BoringSSL, as JSSE expects it: a record at a time. */
    OPENSSL {
        @Override
        SSLEngine newEngine(TestCertificate certificate, String protocol, Role role) throws SSLException {
            return netty(certificate, protocol, role)
                    .newEngine(ByteBufAllocator.DEFAULT, "localhost", PORT.incrementAndGet());
        }
    },
    /** The same as Netty's handler uses it: all records at once. */
    OPENSSL_SEVERAL {
        @Override
        SSLEngine newEngine(TestCertificate certificate, String protocol, Role role) throws SSLException {
            return netty(certificate, protocol, role)
                    .newHandler(ByteBufAllocator.DEFAULT, "localhost", PORT.incrementAndGet())
                    .engine();
        }

        @Override
        EngineAdapter adapter(SSLEngine engine) {
            return new SeveralRecords(super.adapter(engine));
        }
    },
    /** Bouncy Castle's. */
    BOUNCY_CASTLE {
        @Override
        SSLEngine newEngine(TestCertificate certificate, String protocol, Role role) {
            SSLEngine engine = BOUNCY_CONTEXTS
                    .computeIfAbsent(
                            List.of(certificate, role == Role.KEYLESS_CLIENT),
                            key -> bouncyCastle(certificate, role != Role.KEYLESS_CLIENT))
                    .createSSLEngine("localhost", PORT.incrementAndGet());
            engine.setUseClientMode(role.client());
            engine.setNeedClientAuth(role == Role.DEMANDING_SERVER);
            return engine;
        }
    };

    /** The side of an engine. */
    public enum Role {
        /** Requires no client certificate. */
        SERVER,
        /** Requires a client certificate. */
        DEMANDING_SERVER,
        /** Has a certificate to show. */
        CLIENT,
        /** Has no certificate to show. */
        KEYLESS_CLIENT;

        boolean client() {
            return this == CLIENT || this == KEYLESS_CLIENT;
        }
    }

    /** It logs every connection. */
    private static final Logger BOUNCY_CASTLE_LOG = Logger.getLogger("org.bouncycastle.jsse");

    static {
        BOUNCY_CASTLE_LOG.setLevel(Level.SEVERE);
    }

    /** A client resumes sessions by host and port: each engine has a port of its own, so that each handshake is a full one. */
    private static final AtomicInteger PORT = new AtomicInteger();

    private static final Map<TestCertificate, SSLContext> CONTEXTS = new ConcurrentHashMap<>();
    private static final Map<Object, SSLContext> BOUNCY_CONTEXTS = new ConcurrentHashMap<>();
    private static final Map<Object, SslContext> NETTY_CONTEXTS = new ConcurrentHashMap<>();

    abstract SSLEngine newEngine(TestCertificate certificate, String protocol, Role role) throws SSLException;

    /** Those with which the transport is tested over sockets. */
    public static Stream<EngineKind> general() {
        return Stream.of(JDK, OPENSSL);
    }

    /** The engine as the core wants it. */
    EngineAdapter adapter(SSLEngine engine) {
        return new JsseAdapter(engine, () -> release(engine));
    }

    /** An engine for one protocol version, its role set. */
    public SSLEngine engine(TestCertificate certificate, String protocol, Role role) {
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
    public static void release(SSLEngine engine) {
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

    private static SSLContext bouncyCastle(TestCertificate certificate, boolean keyed) {
        try {
            Provider provider = new BouncyCastleJsseProvider(new BouncyCastleProvider());
            KeyStore store = certificate.keyStore();
            KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX", provider);
            keys.init(store, "changeit".toCharArray());
            TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX", provider);
            trust.init(store);
            SSLContext context = SSLContext.getInstance("TLS", provider);
            context.init(keyed ? keys.getKeyManagers() : null, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** An engine that decrypts several records at once. */
    record SeveralRecords(EngineAdapter plain) implements EngineAdapter {
        @Override
        public SSLEngine engine() {
            return plain.engine();
        }

        @Override
        public String provider() {
            return plain.provider();
        }

        @Override
        public boolean unwrapsSeveralRecords() {
            return true;
        }

        @Override
        public void raiseAlert(Violation violation, ByteBuffer record) {
            plain.raiseAlert(violation, record);
        }

        @Override
        public @Nullable SSLException heldBackFailure() {
            return plain.heldBackFailure();
        }

        @Override
        public void release() {
            plain.release();
        }
    }
}
