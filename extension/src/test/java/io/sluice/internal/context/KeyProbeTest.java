package io.sluice.internal.context;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.internal.jsse.KeyProbe;
import io.sluice.testing.TestCertificate;
import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.junit.jupiter.api.Test;

class KeyProbeTest {
    /** As of a token that was removed. */
    private static final class Failing extends X509ExtendedKeyManager {
        @Override
        public String chooseEngineServerAlias(String keyType, Principal[] issuers, SSLEngine engine) {
            throw new IllegalStateException("the token is gone");
        }

        @Override
        public String[] getClientAliases(String keyType, Principal[] issuers) {
            throw new IllegalStateException();
        }

        @Override
        public String chooseClientAlias(String[] keyTypes, Principal[] issuers, Socket socket) {
            throw new IllegalStateException();
        }

        @Override
        public String[] getServerAliases(String keyType, Principal[] issuers) {
            throw new IllegalStateException();
        }

        @Override
        public String chooseServerAlias(String keyType, Principal[] issuers, Socket socket) {
            throw new IllegalStateException();
        }

        @Override
        public X509Certificate[] getCertificateChain(String alias) {
            throw new IllegalStateException();
        }

        @Override
        public PrivateKey getPrivateKey(String alias) {
            throw new IllegalStateException();
        }
    }

    private static SSLContext context(KeyManager... managers) throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers, null, null);
        return context;
    }

    @Test
    void contextWithAKeyHasOne() {
        assertThat(KeyProbe.hasKey(TestCertificate.ec("localhost").context())).isTrue();
    }

    @Test
    void contextWithoutAKeyHasNone() throws Exception {
        assertThat(KeyProbe.hasKey(context())).isFalse();
    }

    @Test
    void contextWhoseKeyManagerFailsIsTakenToHaveOne() throws Exception {
        assertThat(KeyProbe.hasKey(context(new Failing()))).isTrue();
    }
}
