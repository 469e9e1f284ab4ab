package io.sluice.it.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.testing.TestCertificate;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The checks of {@code sluice-health}, through the health endpoint of the server. */
@ServerTest
@RequiresCapability(Server.Capability.HEALTH)
@Tag("microprofile")
class DeployedHealthTest {

    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final TestCertificate CERTIFICATE = TestCertificate.ec("localhost");

    @ArquillianResource
    URI address;

    @Deployment(testable = false)
    static WebArchive application() {
        return Applications.health("checked", CERTIFICATE);
    }

    /** An answer of the server. */
    private record Health(int status, String checks) {

        static Health of(String kind) throws IOException, InterruptedException {
            HttpRequest request = HttpRequest.newBuilder(
                            URI.create(Server.current().health() + "/" + kind))
                    .timeout(Duration.ofSeconds(60))
                    .build();
            HttpResponse<String> response = CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
            return new Health(
                    response.statusCode(), response.body().replaceAll("(?<=[\\[{,:]|^)\\s+|\\s+(?=[]},:]|$)", ""));
        }
    }

    private static Health await(String kind, int status) {
        return Awaitility.await(kind + " is " + status)
                .atMost(Duration.ofSeconds(30))
                .until(() -> Health.of(kind), health -> health.status() == status);
    }

    @Test
    void serverTellsWhatHasHappenedToTheEndpoints() throws Exception {
        Deployed application = new Deployed(address);
        application.open();
        assertThat(await("live", 200).checks())
                .contains("\"sluice-liveness\"", "\"endpoint.echo\":\"RUNNING\"", "\"endpoint.tally\":\"RUNNING\"");
        assertThat(await("ready", 200).checks())
                .contains("\"sluice-readiness\"", "\"endpoint.echo\":\"RUNNING\"")
                .containsPattern("\"context.web.generation\":\"?1") // Payara makes texts of numbers.
                .containsPattern("\"context.web.key.daysLeft\":\"?0")
                .contains("\"context.web.key.subject\":\"CN=localhost\"");

        application.ask("terminate", "endpoint", "echo");
        assertThat(await("ready", 503).checks()).contains("\"reason\":\"endpoint 'echo' is ENDED\"");
        assertThat(Health.of("live").status())
                .as("live, with an endpoint terminated")
                .isEqualTo(200);

        int port = application.port("tally");
        application.ask("interrupt", "endpoint", "tally");
        new Socket("127.0.0.1", port).close(); // A thread that waits for a connection notices the interrupt then.
        assertThat(await("live", 503).checks())
                .contains("\"endpoint.tally\":\"FAILED\"", "\"endpoint.echo\":\"ENDED\"");
    }
}
