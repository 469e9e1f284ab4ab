package io.sluice.it.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.it.support.Feature;
import io.sluice.testing.TestCertificate;
import java.net.URI;
import javax.net.ssl.SSLSocket;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.OperateOnDeployment;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;

/** Two WARs, each with its own copy of the jar and another context of the same name. */
@ServerTest
@Feature("two WARs")
class TwoWarsTest {

    private static final TestCertificate LEFT = TestCertificate.ec("localhost");
    private static final TestCertificate RIGHT = TestCertificate.ec("localhost");

    @ArquillianResource
    @OperateOnDeployment("left")
    URI left;

    @ArquillianResource
    Deployer deployer;

    @Deployment(name = "left", testable = false)
    static WebArchive left() {
        return Applications.echoAndPeer("left", LEFT);
    }

    @Deployment(name = "right", managed = false, testable = false)
    static WebArchive right() {
        return Applications.echoAndPeer("right", RIGHT);
    }

    @Test
    void eachHasItsOwnContextAndEndpointAndOutlivesTheOther() throws Exception {
        int port = new Deployed(left).port("echo");
        try (SSLSocket before = TlsEchoClient.connect(LEFT, port)) {
            deployer.deploy("right");
            try {
                try (SSLSocket other =
                        TlsEchoClient.connect(RIGHT, new Deployed(left.resolve("/right/")).port("echo"))) {
                    assertThat(TlsEchoClient.echo(other, "right")).isEqualTo("right");
                    assertThat(TlsEchoClient.echo(before, "left")).isEqualTo("left");
                }
            } finally {
                deployer.undeploy("right");
            }
            assertThat(TlsEchoClient.echo(before, "still")).isEqualTo("still");
        }
        try (SSLSocket after = TlsEchoClient.connect(LEFT, port)) {
            assertThat(TlsEchoClient.echo(after, "left")).isEqualTo("left");
        }
    }

    @Test
    void factoryMadeByNameHasTheTrustOfItsOwnWar() throws Exception {
        Deployed first = new Deployed(left);
        deployer.deploy("right");
        try {
            Deployed second = new Deployed(left.resolve("/right/"));
            assertThat(first.ask("by-name", "port", first.port("echo"))).isEqualTo("trusted");
            assertThat(second.ask("by-name", "port", second.port("echo"))).isEqualTo("trusted");
            assertThat(first.ask("by-name", "port", second.port("echo")))
                    .contains("PKIX path"); // JDK 25 names the alert first.
        } finally {
            deployer.undeploy("right");
        }
    }
}
