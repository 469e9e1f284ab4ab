package io.sluice.it.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.it.support.Feature;
import io.sluice.testing.TestCertificate;
import java.net.URI;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Streams of both sides, plain and TLS, with the application's interceptors and decorators. */
@ServerTest
@Feature("streams")
class DeployedCreationTest {

    @ArquillianResource
    URI address;

    @Deployment(testable = false)
    static WebArchive application() {
        return Applications.creation(TestCertificate.ec("localhost"));
    }

    @ParameterizedTest
    @CsvSource({"none, none", "web, web-client"})
    void streamIsMadeThroughInterceptorAndDecoratorWithItsInitargs(String server, String client) throws Exception {
        assertThat(new Deployed(address).ask("creation", "server", server, "client", client))
                .isEqualTo("as expected");
    }
}
