package io.sluice.it.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.it.server.app.EchoEndpoint;
import io.sluice.it.server.app.Misspelt;
import io.sluice.it.server.app.WarEchoStream;
import io.sluice.it.support.Feature;
import io.sluice.testing.TestCertificate;
import java.util.Map;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIf;

/** Problems of an application stop its deployment, and are reported in Sluice's words. */
@ServerTest
@Feature("problems reported")
class DeploymentFailureTest {

    @ArquillianResource
    Deployer deployer;

    @Deployment(name = "unknown-name", managed = false, testable = false)
    static WebArchive unknownName() {
        return Wars.war("unknown-name", Applications.key("web", TestCertificate.ec("localhost")))
                .addClasses(Misspelt.class);
    }

    @Deployment(name = "broken-material", managed = false, testable = false)
    static WebArchive brokenMaterial() {
        return Applications.echo(
                "broken-material",
                Map.of(
                        "sluice.ssl.web.key-store.pem.0.cert", "classpath:none.crt",
                        "sluice.ssl.web.key-store.pem.0.key",
                                TestCertificate.ec("localhost").keyPem(),
                        "sluice.ssl.web.protocols", "TLSv4"));
    }

    @Deployment(name = "without-config", managed = false, testable = false)
    static WebArchive withoutConfig() {
        return Wars.withCdi("without-config", Server.current().librariesWithoutConfig())
                .addClasses(EchoEndpoint.class, WarEchoStream.class);
    }

    @Test
    void unknownNameIsReported() {
        assertThat(FailedDeployment.of(deployer, "unknown-name").message())
                .contains("Sluice found a problem:")
                .contains(
                        "@SslContext(\"wbe\") SocketStreamCreator at " + Misspelt.class.getName() + ".creator: there is"
                                + " no context 'wbe' (did you mean web?). Configure sluice.ssl.wbe.…, or supply a bean of it");
    }

    @Test
    void brokenMaterialIsReported() {
        assertThat(FailedDeployment.of(deployer, "broken-material").message())
                .contains("Sluice found 2 problems:")
                .contains("sluice.ssl.web.key-store.pem.0.cert")
                .contains("there is no resource 'none.crt' on the class path. Add the resource to the application, or"
                        + " correct the name.")
                .contains("sluice.ssl.web.protocols")
                .contains("TLSv4");
    }

    @Test
    @DisabledIf("hasConfig")
    void missingMicroProfileConfigIsReported() {
        assertThat(FailedDeployment.of(deployer, "without-config").message())
                .contains(
                        "Sluice requires MicroProfile Config, which is missing here. Add the dependencies"
                                + " org.eclipse.microprofile.config:microprofile-config-api and"
                                + " io.smallrye.config:smallrye-config to the application, or run it in a server that provides it");
    }

    static boolean hasConfig() {
        return Server.current().has(Server.Capability.CONFIG);
    }
}
