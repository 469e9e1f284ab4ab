package io.sluice.internal.context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.context.EngineRequest;
import io.sluice.context.SslContextException;
import io.sluice.context.SslSide;
import io.sluice.testing.TestAuthority;
import io.sluice.testing.TestChain;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A reload takes effect in every view that was handed out before, and not in open connections; if it fails, the old
 * material stays.
 */
class ReloadableContextTest {
    @TempDir
    Path directory;

    private final TestAuthority before = TestAuthority.create("before");
    private final TestAuthority after = TestAuthority.create("after");
    private ReloadableContext server = NamedContexts.web();
    private ReloadableContext client = NamedContexts.web();

    @BeforeEach
    void makeContexts() throws Exception {
        before.issue("localhost").write(directory, "server");
        server = NamedContexts.web(
                "key-store.pem.0.cert", directory + "/server.crt", "key-store.pem.0.key", directory + "/server.key");
        client = trusting();
    }

    /** A client without sessions, which sees the certificate of a server that continues its sessions. */
    private ReloadableContext trusting() {
        return NamedContexts.web("trust-store.pem.certs", before.pem() + after.pem());
    }

    private void replaceCertificate() throws Exception {
        after.issue("localhost").write(directory, "server");
        server.reload();
    }

    private static String issuer(Loopback.Outcome outcome) throws Exception {
        return ((java.security.cert.X509Certificate) outcome.clientSession().getPeerCertificates()[0])
                .getIssuerX500Principal()
                .getName();
    }

    @Test
    void reloadReachesAServerSocketThatIsOpen() throws Exception {
        try (Loopback loopback = new Loopback(server.serverSocketFactory())) {
            assertThat(issuer(loopback.connect(client.socketFactory(), "localhost")))
                    .isEqualTo("CN=before");

            replaceCertificate();

            assertThat(issuer(loopback.connect(trusting().socketFactory(), "localhost")))
                    .isEqualTo("CN=after");
        }
    }

    @Test
    void reloadReachesAClientFactoryHeldBefore() throws Exception {
        Path trust = Files.writeString(directory.resolve("trust.pem"), after.pem());
        ReloadableContext reloaded = NamedContexts.web("trust-store.pem.certs", trust.toString());
        SSLSocketFactory held = reloaded.socketFactory();
        try (Loopback loopback = new Loopback(server.serverSocketFactory())) {
            assertThat(loopback.connect(held, "localhost").isConnected()).isFalse();

            Files.writeString(trust, before.pem());
            reloaded.reload();

            assertThat(loopback.connect(held, "localhost").isConnected()).isTrue();
        }
    }

    @Test
    void reloadReachesTheEnginesOfAnSslContextHeldBefore() throws Exception {
        SSLContext held = server.sslContext();
        assertThat(issuer(held)).isEqualTo("CN=before");

        replaceCertificate();

        assertThat(issuer(held)).isEqualTo("CN=after");
    }

    private String issuer(SSLContext context) throws Exception {
        SSLEngine asking = client.engine(EngineRequest.of(SslSide.CLIENT, "localhost", 1));
        SSLEngine serving = context.createSSLEngine();
        serving.setUseClientMode(false);
        Engines.handshake(asking, serving);
        return ((java.security.cert.X509Certificate) asking.getSession().getPeerCertificates()[0])
                .getIssuerX500Principal()
                .getName();
    }

    @Test
    void reloadLeavesOpenConnectionsAlone() throws Exception {
        try (Loopback loopback = new Loopback(server.serverSocketFactory())) {
            CompletableFuture<SSLSocket> accepted = CompletableFuture.supplyAsync(() -> {
                try {
                    SSLSocket socket = (SSLSocket) loopback.serverSocket().accept();
                    socket.startHandshake();
                    return socket;
                } catch (java.io.IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            });
            try (SSLSocket near = (SSLSocket) client.socketFactory().createSocket("localhost", loopback.port())) {
                near.startHandshake();
                try (SSLSocket far = accepted.get(10, TimeUnit.SECONDS)) {
                    replaceCertificate();
                    client.reload();

                    near.getOutputStream().write(1);
                    assertThat(far.getInputStream().read()).isEqualTo(1);
                    far.getOutputStream().write(2);
                    assertThat(near.getInputStream().read()).isEqualTo(2);
                }
            }
        }
    }

    @Test
    void reloadOfBadMaterialKeepsTheOldAndSaysWhy() throws Exception {
        try (Loopback loopback = new Loopback(server.serverSocketFactory())) {
            loopback.connect(client.socketFactory(), "localhost");
            TestChain other = after.issue("localhost");
            Files.writeString(directory.resolve("server.key"), other.keyPem());

            assertThatThrownBy(server::reload)
                    .isInstanceOf(SslContextException.class)
                    .hasMessageMatching("context 'web' cannot be loaded: sluice\\.ssl\\.web\\.key-store\\.pem\\.0\\.key"
                            + " \\(from PropertiesConfigSource\\[source=application\\.properties\\]\\):"
                            + " the key does not match the certificate 'CN=localhost'\\."
                            + " Name the key that the certificate was issued for\\."
                            + " \\(the material loaded at \\S+Z stays in use\\)");
            assertThat(loopback.connect(client.socketFactory(), "localhost").isConnected())
                    .isTrue();
        }
    }
}
