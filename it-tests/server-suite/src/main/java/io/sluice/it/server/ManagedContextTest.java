package io.sluice.it.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.it.Feature;
import io.sluice.testing.TestCertificate;
import java.net.URI;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;

/** Contexts that the server manages: keys and trust are in its configuration alone. */
@ServerTest
@Needs(Server.Capability.TLS)
@Feature("server's TLS")
class ManagedContextTest {

    @ArquillianResource
    URI address;

    @Deployment(testable = false)
    static WebArchive application() {
        return Applications.managed();
    }

    @Test
    void endpointShowsTheServersCertificateAndSpeaksTheServersProtocol() throws Exception {
        int port = new Deployed(address).port("echo");
        try (SSLSocket socket = EchoClient.connect(ManagedKeys.CERTIFICATE, port)) {
            assertThat(EchoClient.echo(socket, "hello")).isEqualTo("hello");
            assertThat(socket.getSession().getProtocol()).isEqualTo("TLSv1.2");
        }
        assertThatThrownBy(() -> EchoClient.connect(TestCertificate.ec("localhost"), port))
                .isInstanceOf(SSLHandshakeException.class);
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
