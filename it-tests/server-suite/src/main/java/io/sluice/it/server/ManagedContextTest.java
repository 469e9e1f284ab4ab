package io.sluice.it.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.it.Feature;
import io.sluice.testing.TestCertificate;
import java.net.URI;
import java.util.Map;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.OperateOnDeployment;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;

/** Contexts that the server manages: keys and trust are in its configuration alone. */
@ServerTest
@Needs(Server.Capability.TLS)
@Feature("server's TLS")
class ManagedContextTest {

    @ArquillianResource
    Deployer deployer;

    @Deployment(name = "managed", testable = false)
    static WebArchive application() {
        return Applications.managed();
    }

    @Deployment(name = "unmanaged", managed = false, testable = false)
    static WebArchive unknownName() {
        return Wars.war("unmanaged", absent());
    }

    private static Map<String, String> absent() {
        return Server.current().managed("web", "absent");
    }

    @Test
    @OperateOnDeployment("managed")
    void endpointShowsTheServersCertificateAndSpeaksTheServersProtocol(@ArquillianResource URI address)
            throws Exception {
        int port = new Deployed(address).port("echo");
        try (SSLSocket socket = EchoClient.connect(ManagedKeys.CERTIFICATE, port)) {
            assertThat(EchoClient.echo(socket, "hello")).isEqualTo("hello");
            assertThat(socket.getSession().getProtocol()).isEqualTo("TLSv1.2");
        }
        assertThatThrownBy(() -> EchoClient.connect(TestCertificate.ec("localhost"), port))
                .isInstanceOf(SSLHandshakeException.class);
    }

    @Test
    @OperateOnDeployment("managed")
    void connectorTrustsWhomTheServerTrusts(@ArquillianResource URI address) throws Exception {
        Deployed application = new Deployed(address);
        assertThat(application.ask("connect", "port", application.port("echo"))).isEqualTo("hello");
    }

    @Test
    @OperateOnDeployment("managed")
    void reloadAsksTheServerAgain(@ArquillianResource URI address) throws Exception {
        Deployed application = new Deployed(address);
        assertThat(application.ask("reload", "context", "web")).isEqualTo("reloaded");
        assertThat(application.ask("connect", "port", application.port("echo"))).isEqualTo("hello");
    }

    @Test
    void nameThatTheServerDoesNotKnowIsTold() {
        assertThat(FailedDeployment.of(deployer, "unmanaged").told())
                .contains("Sluice found a problem:")
                .contains(absent().keySet())
                .containsPattern("the server('s Elytron subsystem)? has no [^.]*absent")
                .contains(", or correct the ");
    }
}
