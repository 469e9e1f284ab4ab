package io.sluice.internal.tls;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.OpenSslContextOption;
import io.netty.handler.ssl.OpenSslSessionContext;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.sluice.testing.TestCertificate;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.Provider;
import java.security.Security;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManagerFactory;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.jsse.BCSSLEngine;
import org.bouncycastle.jsse.BCSSLParameters;
import org.bouncycastle.jsse.provider.BouncyCastleJsseProvider;

/** The engines for tests of resumption. With {@code retry}, they need a second ClientHello of a peer if they can. */
public enum ResumingEngines {
    JDK {
        @Override
        public Party party(boolean client, String protocol, boolean retry) throws Exception {
            SSLContext context = context(Security.getProvider("SunJSSE"));
            return () -> speaking(context.createSSLEngine("localhost", 4433), client, protocol);
        }
    },
    BOUNCY_CASTLE {
        @Override
        public Party party(boolean client, String protocol, boolean retry) throws Exception {
            SSLContext context = context(new BouncyCastleJsseProvider(new BouncyCastleProvider()));
            return () -> {
                SSLEngine engine = speaking(context.createSSLEngine("localhost", 4433), client, protocol);
                if (retry) {
                    BCSSLEngine own = (BCSSLEngine) engine;
                    BCSSLParameters parameters = own.getParameters();
                    if (client) {
                        parameters.setEarlyKeyShares(new String[0]);
                    } else {
                        parameters.setNamedGroups(new String[] {"secp384r1"});
                    }
                    own.setParameters(parameters);
                }
                return engine;
            };
        }
    },
    BORINGSSL {
        @Override
        public Party party(boolean client, String protocol, boolean retry) throws Exception {
            SslContextBuilder builder = client
                    ? SslContextBuilder.forClient().trustManager(CERTIFICATE.certificate())
                    : SslContextBuilder.forServer(CERTIFICATE.key(), CERTIFICATE.certificate());
            if (retry && !client) {
                builder.option(OpenSslContextOption.GROUPS, new String[] {"P-384"});
            }
            SslContext context =
                    builder.sslProvider(SslProvider.OPENSSL).protocols(protocol).build();
            ((OpenSslSessionContext) context.sessionContext()).setSessionCacheEnabled(true);
            return () -> context.newEngine(ByteBufAllocator.DEFAULT, "localhost", 4433);
        }
    };

    public static final TestCertificate CERTIFICATE = TestCertificate.rsa("localhost");

    public abstract Party party(boolean client, String protocol, boolean retry) throws Exception;

    /** Makes the engines of one side, which share their sessions. */
    public interface Party {
        SSLEngine engine() throws Exception;
    }

    public static SSLContext context(Provider provider) throws GeneralSecurityException {
        KeyStore store = CERTIFICATE.keyStore();
        KeyManagerFactory keys =
                KeyManagerFactory.getInstance(provider.getName().equals("SunJSSE") ? "NewSunX509" : "PKIX", provider);
        keys.init(store, "changeit".toCharArray());
        TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX", provider);
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS", provider);
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }

    private static SSLEngine speaking(SSLEngine engine, boolean client, String protocol) {
        engine.setUseClientMode(client);
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setProtocols(new String[] {protocol});
        engine.setSSLParameters(parameters);
        return engine;
    }
}
