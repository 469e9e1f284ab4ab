package io.sluice.it.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.it.support.Feature;
import io.sluice.testing.TestCertificate;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;

/** Contexts that the server manages: keys, trust and protocol settings are only in the server's configuration. */
@ServerTest
@RequiresCapability(Server.Capability.TLS)
@Feature("server's TLS")
class ManagedContextTest {

    @ArquillianResource
    URI address;

    @Deployment(testable = false)
    static WebArchive application() {
        return Applications.managed("managed");
    }

    @Test
    void endpointShowsTheServersCertificateAndSpeaksTheServersProtocol() throws Exception {
        int port = new Deployed(address).port("echo");
        try (SSLSocket socket = TlsEchoClient.connect(ManagedKeys.current(), port)) {
            assertThat(TlsEchoClient.echo(socket, "hello")).isEqualTo("hello");
            assertThat(socket.getSession().getProtocol()).isEqualTo("TLSv1.2");
        }
        assertThatThrownBy(() -> TlsEchoClient.connect(TestCertificate.ec("localhost"), port))
                .isInstanceOf(SSLHandshakeException.class);
    }

    @Test
    void clientThatMustShowACertificateIsRefusedWithoutAndKnownByIt() throws Exception {
        assertThatThrownBy(() -> told("mutual", ManagedKeys.current().trustingContext()))
                .isInstanceOf(SSLException.class);
        assertThat(told("mutual", ManagedKeys.current().context()))
                .isEqualTo("CN=localhost TLSv1.3 TLS_AES_128_GCM_SHA256");
    }

    @Test
    void clientThatMayShowACertificateIsServedWithoutAndKnownByIt() throws Exception {
        assertThat(told("asking", ManagedKeys.current().trustingContext())).startsWith("nobody ");
        assertThat(told("asking", ManagedKeys.current().context())).startsWith("CN=localhost ");
    }

    /** Returns the client that the endpoint saw, and the protocol of its connection. */
    private String told(String endpoint, SSLContext client) throws IOException, InterruptedException {
        int port = new Deployed(address).port(endpoint);
        try (SSLSocket socket = TlsEchoClient.connect(client, port)) {
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void connectorTrustsWhomTheServerTrusts() throws Exception {
        Deployed application = new Deployed(address);
        assertThat(application.ask("connect", "port", application.port("echo"))).isEqualTo("hello");
    }

    @Test
    void reloadAsksTheServerAgain() throws Exception {
        Deployed application = new Deployed(address);
        assertThat(application.ask("reload", "context", "web")).isEqualTo("reloaded");
        assertThat(application.ask("connect", "port", application.port("echo"))).isEqualTo("hello");
    }
}
