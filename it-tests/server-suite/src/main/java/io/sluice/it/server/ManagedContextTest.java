package io.sluice.it.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.testing.TestCertificate;
import java.net.URI;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.extension.ExtendWith;

/** Contexts that the server manages: keys and trust are in its configuration alone. */
@EnabledIf(value = "serverHasTls", disabledReason = "the server has no TLS contexts that an application can ask for")
@ExtendWith(ArquillianExtension.class)
class ManagedContextTest {

    @ArquillianResource
    URI address;

    @Deployment(testable = false)
    static WebArchive application() {
        return Applications.managed();
    }

    static boolean serverHasTls() {
        return Server.current().has(Server.Capability.TLS);
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
