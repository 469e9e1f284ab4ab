package io.sluice.it.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.testing.TestCertificate;
import java.net.URI;
import javax.net.ssl.SSLSocket;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** An endpoint of a WAR, reached from outside of the server. */
@RunAsClient
@ExtendWith(ArquillianExtension.class)
class EndpointTest {

    private static final TestCertificate CERTIFICATE = TestCertificate.ec("localhost");

    @ArquillianResource
    URI address;

    @Deployment(testable = false)
    static WebArchive application() {
        return Applications.echo("echo", CERTIFICATE);
    }

    @Test
    void tlsClientIsAnsweredByTheEndpointThatTheDeploymentStarted() throws Exception {
        int port = new Deployed(address).port("echo");
        try (SSLSocket socket = EchoClient.connect(CERTIFICATE, port)) {
            assertThat(EchoClient.echo(socket, "hello")).isEqualTo("hello");
            assertThat(socket.getSession().getProtocol()).isEqualTo("TLSv1.3");
        }
    }
}
