package io.sluice.it.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.it.support.ContainerReport;
import io.sluice.it.support.Feature;
import io.sluice.testing.TestCertificate;
import java.io.File;
import java.net.URI;
import java.nio.file.Path;
import javax.net.ssl.SSLSocket;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;

/** A WAR that contains SmallRye Config, on a server that has MicroProfile Config. */
@ServerTest
@RequiresCapability(Server.Capability.CONFIG)
@Feature("bundled SmallRye")
class BundledConfigTest {

    private static final TestCertificate CERTIFICATE = TestCertificate.ec("localhost");

    @ArquillianResource
    URI address;

    @Deployment(testable = false)
    static WebArchive application() {
        WebArchive war = Applications.echo("bundled", CERTIFICATE).addAsLibraries(smallRye());
        Server.current().descriptorsOfOwnConfig().forEach(war::addAsWebInfResource);
        return war;
    }

    private static File[] smallRye() {
        Server server = Server.current();
        return server.libraries("config")
                .filter(library -> !server.refusesSmallRyesExtension() || !isExtension(library))
                .map(Path::toFile)
                .toArray(File[]::new);
    }

    /** The artifact {@code smallrye-config} is the CDI extension; {@code smallrye-config-core} works without it. */
    private static boolean isExtension(Path library) {
        return library.getFileName().toString().matches("smallrye-config-\\d.*");
    }

    @Test
    void configurationOfTheWarIsReadAllTheSame() throws Exception {
        try (SSLSocket socket = TlsEchoClient.connect(CERTIFICATE, new Deployed(address).port("echo"))) {
            assertThat(TlsEchoClient.echo(socket, "hello")).isEqualTo("hello");
        }
        if (Server.current().refusesSmallRyesExtension()) {
            ContainerReport.fact("bundled SmallRye", "core alone");
        }
    }
}
