package io.sluice.internal.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import io.sluice.cdi.SluiceExtension;
import io.sluice.internal.cli.Cli.Result;
import io.sluice.server.SocketEndpoint;
import io.sluice.server.SocketServers;
import io.sluice.stream.SocketStream;
import io.sluice.testing.TestAuthority;
import io.sluice.testing.internal.ChildJvm;
import io.sluice.testing.internal.ProcessPeer;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.se.SeContainerInitializer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An application with Sluice in a process of its own, asked through its own MXBean. */
class RealApplicationTest {

    private static final TestAuthority AUTHORITY = TestAuthority.create("Authority");
    private static final Pattern READY = Pattern.compile("ready (\\d+) (\\d+) \\.");

    /** The application: an endpoint that echoes. */
    @ApplicationScoped
    public static class Echo {

        @SocketEndpoint("echo")
        void echo(SocketStream stream) throws IOException {
            stream.input().transferTo(stream.output());
        }
    }

    /** The main class of the process. */
    public static final class Main {

        private Main() {}

        /** Runs until its input ends. */
        public static void main(String... arguments) throws Exception {
            try (SeContainer container = SeContainerInitializer.newInstance()
                    .disableDiscovery()
                    .addExtensions(new SluiceExtension())
                    .addBeanClasses(Echo.class)
                    .initialize()) {
                int port = container
                        .select(SocketServers.class)
                        .get()
                        .named("echo")
                        .orElseThrow()
                        .address()
                        .getPort();
                System.out.println("ready " + ProcessHandle.current().pid() + " " + port + " .");
                while (System.in.read() >= 0) {
                    // The test ends the process by closing its input.
                }
            }
        }
    }

    @TempDir
    private Path directory;

    private ProcessPeer process;
    private String id = "";
    private int port;

    @BeforeEach
    void start() throws Exception {
        AUTHORITY.issue("localhost").write(directory, "echo");
        process = ChildJvm.of(Main.class)
                .property(
                        "sluice.ssl.echo.key-store.pem.0.cert",
                        directory.resolve("echo.crt").toString())
                .property(
                        "sluice.ssl.echo.key-store.pem.0.key",
                        directory.resolve("echo.key").toString())
                .property("sluice.endpoint.echo.port", "0")
                .property("sluice.endpoint.echo.address", "127.0.0.1")
                .property("sluice.endpoint.echo.max-connections", "7")
                .start();
        process.awaitOutputAfter(0, "ready ", Duration.ofSeconds(60));
        process.awaitOutput(" .");
        Matcher ready = READY.matcher(process.output());
        assertThat(ready.find()).as(process.output()).isTrue();
        id = ready.group(1);
        port = Integer.parseInt(ready.group(2));
    }

    @AfterEach
    void end() {
        process.close();
    }

    @Test
    void itIsDescribedWithAConnectionThatIsOpen() throws Exception {
        SSLContext trust = AUTHORITY.trustingContext();
        try (SSLSocket client = (SSLSocket) trust.getSocketFactory().createSocket("localhost", port)) {
            client.getOutputStream().write('x');
            assertThat(client.getInputStream().read()).isEqualTo('x');

            Result text = Cli.in(directory).run("describe", id);
            JsonObject json = Cli.in(directory).run("describe", id, "--json").json();
            Result page = Cli.in(directory).run("describe", id, "--html", "echo.html");

            assertThat(text.errors()).isEmpty();
            assertThat(text.output())
                    .contains("echo: generation 1, loaded ")
                    .contains("CN=localhost")
                    .contains(directory.resolve("echo.crt").toString())
                    .contains("echo: RUNNING, ")
                    .contains("1 open of 7")
                    .contains(client.getSession().getCipherSuite())
                    .containsPattern("[1-9]\\d+ bytes in, [1-9]\\d+ out");
            assertThat(json.getAsJsonArray("servers")).hasSize(1);
            assertThat(page.exitCode()).isZero();
            assertThat(directory.resolve("echo.html"))
                    .content()
                    .contains("<strong>localhost</strong>")
                    .contains(":" + client.getLocalPort() + "<");
        }
    }

    @Test
    void aHandshakeThatFailedIsInTheJournalWithItsRemedy() throws Exception {
        SSLContext stranger = TestAuthority.create("Stranger").trustingContext();
        try (SSLSocket client = (SSLSocket) stranger.getSocketFactory().createSocket("localhost", port)) {
            assertThatThrownBy(client::startHandshake).isInstanceOf(SSLException.class);
        }

        Awaitility.await()
                .untilAsserted(
                        () -> assertThat(Cli.in(directory).run("describe", id).output())
                                .contains("journal")
                                .contains("what to do")
                                .contains("client, versions")
                                .contains("TLSv1.3"));
    }

    @Test
    void aReloadTakesTheNewCertificateAndReportsAWrongOne() throws Exception {
        AUTHORITY.issue("localhost", "renewed.test").write(directory, "echo");
        Result loaded = Cli.in(directory).run("reload", id, "echo");
        Files.writeString(directory.resolve("echo.crt"), "damaged");
        Result refused = Cli.in(directory).run("reload", id, "echo");
        Result unknown = Cli.in(directory).run("reload", id, "ech");

        assertThat(loaded.output()).isEqualTo("loaded: context 'echo', generation 2" + System.lineSeparator());
        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.output()).startsWith("not loaded: context 'echo'").contains("echo.crt");
        assertThat(unknown.exitCode()).isEqualTo(2);
        assertThat(Cli.in(directory).run("describe", id).output())
                .contains("problem: ")
                .contains("generation 2");
    }

    @Test
    void itsInventoryIsExported() throws Exception {
        Result result = Cli.in(directory).run("export", "--service", id, "--cbom", "-");

        assertThat(result.errors()).isEmpty();
        assertThat(result.output()).contains("\"subjectName\": \"CN=localhost").contains("\"phase\": \"operations\"");
    }
}
