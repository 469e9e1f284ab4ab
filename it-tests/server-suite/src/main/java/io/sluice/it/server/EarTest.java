package io.sluice.it.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.it.support.Feature;
import io.sluice.testing.TestCertificate;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLSocket;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.OperateOnDeployment;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An EAR with the jar in its lib: contexts belong to the EAR, stream classes and endpoints to each WAR. */
@ServerTest
@RequiresCapability(Server.Capability.EAR)
@Feature("EAR")
class EarTest {

    private static final TestCertificate CERTIFICATE = TestCertificate.ec("localhost");

    @ArquillianResource
    @OperateOnDeployment("monitor")
    URI address;

    @Deployment(name = "monitor", order = 1, testable = false)
    static WebArchive monitor() {
        return Applications.monitor();
    }

    @Deployment(name = "ear", order = 2, testable = false)
    static EnterpriseArchive application() {
        return Applications.ear(CERTIFICATE);
    }

    private Deployed war(String name) {
        return new Deployed(address.resolve("/" + name + "/"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"first", "second"})
    void endpointOfAWarIsServedByTheWarWithTheContextOfTheEar(String name) throws Exception {
        try (SSLSocket socket = TlsEchoClient.connect(CERTIFICATE, war(name).port(name))) {
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .isEqualTo(name + " and " + name);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"first", "second"})
    void streamClassOfAWarIsMadeByTheWar(String name) throws Exception {
        assertThat(war(name).ask("made", "class", "NamedStream")).isEqualTo(name);
        assertThat(war(name).ask("made", "class", "DiscoveredStream")).isEqualTo("hello " + name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"first", "second"})
    void factoryMadeByNameHasTheTrustOfTheEar(String name) throws Exception {
        assertThat(war(name).ask("by-name", "port", war(name).port(name))).isEqualTo("trusted");
    }
}
