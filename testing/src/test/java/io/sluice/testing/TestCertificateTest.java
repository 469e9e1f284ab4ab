package io.sluice.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TestCertificateTest {

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void clientThatTrustsTheCertificateConnects(boolean rsa) throws Exception {
        TestCertificate certificate = rsa ? TestCertificate.rsa("localhost") : TestCertificate.ec("localhost");
        assertThat(handshake(certificate.context(), certificate.trustingContext()))
                .isEqualTo(certificate.certificate());
    }

    @Test
    void clientThatTrustsTheAuthorityConnects() throws Exception {
        TestAuthority authority = TestAuthority.create("authority");
        TestChain chain = authority.issue("localhost");
        assertThat(handshake(chain.context(), authority.trustingContext()))
                .isEqualTo(chain.leaf().certificate());
    }

    @Test
    void clientAndServerOfOneAuthorityTrustEachOther() throws Exception {
        TestAuthority authority = TestAuthority.create("authority");
        TestChain chain = authority.issue("localhost");
        assertThat(handshake(chain.context(), authority.issue("client").context()))
                .isEqualTo(chain.leaf().certificate());
    }

    @Test
    void clientThatTrustsAnotherCertificateDoesNot() {
        SSLContext server = TestCertificate.ec("localhost").context();
        SSLContext client = TestCertificate.ec("localhost").trustingContext();
        assertThatThrownBy(() -> handshake(server, client)).isInstanceOf(SSLException.class);
    }

    @Test
    void toStringOmitsTheKey() {
        TestCertificate certificate = TestCertificate.rsa("localhost");
        String key = certificate.keyPem().lines().skip(1).findFirst().orElseThrow();
        assertThat(certificate.toString()).doesNotContain(key);
    }

    @Test
    void filesContainThePemTexts(@TempDir Path directory) throws IOException {
        TestCertificate certificate = TestCertificate.ec("localhost");
        assertThat(certificate.writeCertificate(directory)).hasContent(certificate.certificatePem());
        assertThat(certificate.writeKey(directory)).hasContent(certificate.keyPem());
    }

    /** Returns the certificate that the client saw. */
    private static Object handshake(SSLContext server, SSLContext client) throws IOException {
        try (SocketPair sockets = SocketPair.open()) {
            SSLSocket near = layered(server, sockets.near(), false);
            near.setWantClientAuth(true);
            SSLSocket far = layered(client, sockets.far(), true);
            CompletableFuture<Void> serving = CompletableFuture.runAsync(() -> {
                try {
                    near.startHandshake();
                } catch (IOException e) {
                    throw new CompletionException(e);
                }
            });
            far.startHandshake();
            serving.join();
            return far.getSession().getPeerCertificates()[0];
        }
    }

    private static SSLSocket layered(SSLContext context, Socket socket, boolean client) throws IOException {
        SSLSocket layered = (SSLSocket) context.getSocketFactory().createSocket(socket, "localhost", 0, true);
        layered.setUseClientMode(client);
        return layered;
    }
}
