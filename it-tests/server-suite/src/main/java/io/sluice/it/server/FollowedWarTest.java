package io.sluice.it.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.it.support.ContainerReport;
import io.sluice.it.support.Feature;
import io.sluice.testing.TestCertificate;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.awaitility.Awaitility;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;

/** The certificate of a WAR is replaced in its files, and the application follows within the server. */
@ServerTest
@Feature("automatic reload")
class FollowedWarTest {

    private static final KeyFiles FILES = KeyFiles.of("followed");
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @ArquillianResource
    URI address;

    @Deployment(testable = false)
    static WebArchive application() {
        return Applications.followed("followed", FILES);
    }

    private static String echo(SSLSocket socket) throws IOException {
        return TlsEchoClient.echo(socket, "hello");
    }

    private Map<String, String> observed() throws IOException, InterruptedException {
        return new Deployed(address)
                .ask("rotation")
                .lines()
                .map(line -> line.split("=", 2))
                .collect(Collectors.toMap(line -> line[0], line -> line[1]));
    }

    @Test
    void replacedCertificateIsShownAndOpenConnectionsGoOn() throws Exception {
        int port = new Deployed(address).port("echo");
        try (SSLSocket before = TlsEchoClient.connect(FILES.current(), port)) {
            assertThat(echo(before)).isEqualTo("hello");
            for (int i = 0; i < 2; i++) {
                TestCertificate renewed = FILES.replace();
                Awaitility.await("the renewed certificate")
                        .atMost(PATIENCE)
                        .ignoreExceptionsInstanceOf(SSLException.class)
                        .untilAsserted(() -> {
                            try (SSLSocket after = TlsEchoClient.connect(renewed, port)) {
                                assertThat(echo(after)).isEqualTo("hello");
                            }
                        });
            }
            assertThat(echo(before)).isEqualTo("hello");
        }
    }

    @Test
    @Feature("context events")
    void observersOfALookFindTheApplicationAroundThem() throws Exception {
        FILES.replace();
        assertFindsTheApplication("web.");
        Awaitility.await()
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(observed()).containsEntry("web.asynchronous", "1"));
        ContainerReport.fact("thread of the watch", observed().get("web.thread"));
    }

    /** Such a thread has neither naming nor a class loader, and the look that it asks for has both. */
    @Test
    @Feature("context events")
    void changeSignalledByAnyThreadIsFollowedWithinTheApplication() throws Exception {
        new Deployed(address).ask("signal");
        assertFindsTheApplication("supplied.");
    }

    private void assertFindsTheApplication(String prefix) {
        boolean naming = Server.current().has(Server.Capability.CONCURRENCY);
        Awaitility.await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(observed()).containsEntry(prefix + "loader", "true").containsEntry(prefix + "request", "1");
            if (naming) {
                assertThat(observed()).containsEntry(prefix + "naming", "hello");
            }
        });
    }
}
