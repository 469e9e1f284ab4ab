package io.sluice.examples.echo;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.testing.TestAuthority;
import io.sluice.testing.TestChain;
import io.sluice.testing.internal.ChildJvm;
import io.sluice.testing.internal.ProcessPeer;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The main job as users start it, in a separate process. */
class EchoExampleTest {

    private static final int TERMINATED = 128 + 15;

    @TempDir
    Path directory;

    private int port;

    @BeforeEach
    void choosePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getByName("localhost"))) {
            port = free.getLocalPort();
        }
    }

    @Test
    void withNoSetUpItChecksItselfAndEnds() throws Exception {
        assertThat(ChildJvm.of(EchoExample.class).run("--once"))
                .contains("protocol      TLSv1.3", "\"Hello over TLSv1.3\"", "server        ")
                .doesNotContain("Serving until Ctrl-C");
    }

    @Test
    void aCertificateAPortAndANameOfItsUsersAreTaken() throws Exception {
        TestAuthority authority = TestAuthority.create("own CA");
        TestChain chain = authority.issue("echo.example");
        Path trusted = Files.writeString(directory.resolve("ca.pem"), authority.pem());
        ChildJvm jvm = ChildJvm.of(EchoExample.class)
                .environment("SLUICE_SSL_ECHO_KEY_STORE_PEM_0_CERT", chain.pem())
                .environment("SLUICE_SSL_ECHO_KEY_STORE_PEM_0_KEY", chain.keyPem())
                .property("sluice.ssl.echo-client.trust-store.pem.certs", trusted.toString())
                .property("sluice.endpoint.echo.port", String.valueOf(port))
                .property("echo.name", "echo.example");
        try (ProcessPeer example = jvm.start()) {
            example.awaitOutput("openssl s_client -connect localhost:" + port + " -quiet");
            assertOpensslIsAnswered(trusted);
            example.terminate();
            example.awaitEnd();
            assertThat(example.exitCode()).isEqualTo(TERMINATED);
        }
    }

    private void assertOpensslIsAnswered(Path trusted) throws IOException {
        try (ProcessPeer openssl = openssl(
                "-CAfile", trusted.toString(), "-verify_hostname", "echo.example", "-verify_return_error", "-brief")) {
            openssl.awaitOutput("Verification: OK");
            openssl.sendLine("Hello from openssl");
            openssl.awaitOutput("Hello from openssl");
        }
    }

    private ProcessPeer openssl(String... options) throws IOException {
        String[] command = new String[options.length + 4];
        System.arraycopy(new String[] {"openssl", "s_client", "-connect", "localhost:" + port}, 0, command, 0, 4);
        System.arraycopy(options, 0, command, 4, options.length);
        return ProcessPeer.start(command);
    }

    @Test
    void terminatedItLetsAConnectionFinishAndFreesThePort() throws Exception {
        ChildJvm jvm = ChildJvm.of(EchoExample.class)
                .environment("SLUICE_ENDPOINT_ECHO_PORT", String.valueOf(port))
                .environment("SLUICE_ENDPOINT_ECHO_DRAIN_TIMEOUT", "15s");
        try (ProcessPeer example = jvm.start()) {
            example.awaitOutput("openssl s_client -connect localhost:" + port + " -quiet");
            try (ProcessPeer openssl = openssl("-brief")) {
                openssl.awaitOutput("CONNECTION ESTABLISHED");
                example.terminate();
                awaitFree();
                openssl.sendLine("Still here?");
                openssl.awaitOutput("Still here?");
                openssl.closeInput();
                openssl.awaitEnd();
            }
            example.awaitEnd();
            assertThat(example.exitCode()).isEqualTo(TERMINATED);
        }
    }

    /** It accepts no more once it drains. */
    private void awaitFree() {
        Awaitility.await().atMost(Duration.ofSeconds(10)).until(this::isFree);
    }

    private boolean isFree() throws IOException {
        try (ServerSocket again = new ServerSocket()) {
            again.setReuseAddress(true);
            again.bind(new InetSocketAddress(InetAddress.getByName("localhost"), port));
            return true;
        } catch (BindException e) {
            return false;
        }
    }
}
