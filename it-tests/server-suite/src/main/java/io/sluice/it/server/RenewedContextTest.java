package io.sluice.it.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.it.support.Feature;
import io.sluice.testing.TestCertificate;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.awaitility.Awaitility;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;

/** The key store of a context that the server manages is replaced, and read again in the way of the server's administrators. */
@ServerTest
@RequiresCapability(Server.Capability.TLS)
@Feature("server's TLS")
class RenewedContextTest {

    @ArquillianResource
    URI address;

    @Deployment(testable = false)
    static WebArchive application() {
        return Applications.managed("renewed");
    }

    @Test
    void newConnectionsShowAndTrustTheRenewedCertificateAndOpenOnesGoOn() throws Exception {
        Deployed application = new Deployed(address);
        int port = application.port("echo");
        try (SSLSocket before = TlsEchoClient.connect(ManagedKeys.current(), port)) {
            TestCertificate renewed = ManagedKeys.replace();
            haveRead();
            Awaitility.await("the renewed certificate")
                    .atMost(Duration.ofSeconds(30))
                    .ignoreExceptionsInstanceOf(SSLException.class)
                    .untilAsserted(() -> {
                        try (SSLSocket after = TlsEchoClient.connect(renewed, port)) {
                            assertThat(TlsEchoClient.echo(after, "hello")).isEqualTo("hello");
                        }
                    });
            assertThat(TlsEchoClient.echo(before, "still")).isEqualTo("still");
        }
        Awaitility.await("trust in it")
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(() ->
                        assertThat(application.ask("connect", "port", port)).isEqualTo("hello"));
    }

    private static void haveRead() throws IOException, InterruptedException {
        List<String> command = Server.current().managedRenewal();
        if (command.isEmpty()) {
            return;
        }
        File home = Server.current().home().toFile();
        File output = File.createTempFile("renewal", ".txt");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(home)
                .redirectErrorStream(true)
                .redirectOutput(output);
        builder.environment().put("JAVA_HOME", System.getProperty("server.java-home"));
        Process process = builder.start();
        process.getOutputStream().close();
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("done").isTrue();
            assertThat(process.exitValue())
                    .as(Files.readString(output.toPath()))
                    .isZero();
        } finally {
            process.destroyForcibly();
            Files.delete(output.toPath());
        }
    }
}
