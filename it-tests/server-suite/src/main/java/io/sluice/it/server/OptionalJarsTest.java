package io.sluice.it.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.testing.TestCertificate;
import java.net.URI;
import java.util.Arrays;
import javax.net.ssl.SSLSocket;
import org.awaitility.Awaitility;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.OperateOnDeployment;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** An application with all optional jars, on a server that has what some of them need, and lacks what others need. */
@ServerTest
@Tag("microprofile")
class OptionalJarsTest {

    private static final TestCertificate CERTIFICATE = TestCertificate.ec("localhost");

    @ArquillianResource
    @OperateOnDeployment("monitor")
    URI address;

    @ArquillianResource
    Deployer deployer;

    /** Its only purpose is the address of the server. */
    @Deployment(name = "monitor", testable = false)
    static WebArchive monitor() {
        return Applications.monitor();
    }

    @Deployment(name = "optional", managed = false, testable = false)
    static WebArchive application() {
        return Applications.withOptionalJars("optional", CERTIFICATE);
    }

    @Test
    void libraryOfTheTestHasEachJar() {
        assertThat(Server.current()
                        .libraries("optional")
                        .map(jar -> jar.getFileName().toString().replaceFirst("-\\d.*", "")))
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(OptionalJar.values())
                        .map(OptionalJar::artifact)
                        .toList());
    }

    @Test
    void applicationIsDeployedAndServesAndEndsWithoutAWarning() throws Exception {
        ServerLog log = ServerLog.fromNow();
        deployer.deploy("optional");
        try {
            int port = new Deployed(address.resolve("/optional/")).port("echo");
            try (SSLSocket socket = TlsEchoClient.connect(CERTIFICATE, port)) {
                assertThat(TlsEchoClient.echo(socket, "hello")).isEqualTo("hello");
            }
        } finally {
            deployer.undeploy("optional");
        }

        Awaitility.await("what Sluice logs itself is in the log")
                .until(log::text, text -> text.contains("server 'echo'"));
        assertThat(LoggedWarnings.in(log.text(), OptionalJar.words())).allMatch(Server.current()::isKnownWarning);
    }
}
