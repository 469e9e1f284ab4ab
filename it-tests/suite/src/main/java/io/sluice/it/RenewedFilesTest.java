package io.sluice.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.it.support.Application;
import io.sluice.server.SocketEndpoint;
import io.sluice.server.SocketServers;
import io.sluice.stream.SocketStream;
import io.sluice.testing.internal.Pebble;
import io.sluice.testing.internal.ProcessPeer;
import io.sluice.testing.internal.TrustAll;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Files that a real ACME client writes and renews, with a real ACME server. */
class RenewedFilesTest {

    private static final String NAME = "renewed.example";
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int PATIENCE_MILLIS = 20_000;

    /** The clients, each with its own way to put files in place. */
    enum Client {
        /** Symbolic links to numbered files. */
        CERTBOT {
            @Override
            List<String> obtain(Path directory, Pebble pebble, int port) {
                return certbot(
                        directory,
                        "certonly",
                        "--standalone",
                        "--http-01-port=" + port,
                        "--http-01-address=127.0.0.1",
                        "--server=" + pebble.directory(),
                        "--domain=" + NAME,
                        "--agree-tos",
                        "--register-unsafely-without-email");
            }

            @Override
            List<String> renew(Path directory, Pebble pebble, int port) {
                return certbot(directory, "renew", "--force-renewal", "--no-random-sleep-on-renew");
            }

            private List<String> certbot(Path directory, String... arguments) {
                return Stream.concat(
                                Stream.of("env", "REQUESTS_CA_BUNDLE=" + trust(directory), "certbot"),
                                Stream.concat(
                                        Stream.of(arguments),
                                        Stream.of(
                                                "--non-interactive",
                                                "--config-dir=" + directory,
                                                "--work-dir=" + directory.resolve("work"),
                                                "--logs-dir=" + directory.resolve("logs"))))
                        .toList();
            }

            @Override
            Path certificate(Path directory) {
                return directory.resolve("live/" + NAME + "/fullchain.pem");
            }

            @Override
            Path key(Path directory) {
                return directory.resolve("live/" + NAME + "/privkey.pem");
            }
        },
        /** Files that are written again, one after the other. */
        LEGO {
            @Override
            List<String> obtain(Path directory, Pebble pebble, int port) {
                return lego(directory, pebble, port, "run");
            }

            @Override
            List<String> renew(Path directory, Pebble pebble, int port) {
                return lego(directory, pebble, port, "renew", "--days", "10000", "--no-random-sleep");
            }

            private List<String> lego(Path directory, Pebble pebble, int port, String... command) {
                return Stream.concat(
                                Stream.of(
                                        "env",
                                        "LEGO_CA_CERTIFICATES=" + trust(directory),
                                        "lego",
                                        "--path",
                                        directory.toString(),
                                        "--server",
                                        pebble.directory().toString(),
                                        "--domains",
                                        NAME,
                                        "--email",
                                        "admin@example.org",
                                        "--accept-tos",
                                        "--http",
                                        "--http.port",
                                        "127.0.0.1:" + port),
                                Stream.of(command))
                        .toList();
            }

            @Override
            Path certificate(Path directory) {
                return directory.resolve("certificates/" + NAME + ".crt");
            }

            @Override
            Path key(Path directory) {
                return directory.resolve("certificates/" + NAME + ".key");
            }
        };

        abstract List<String> obtain(Path directory, Pebble pebble, int port);

        abstract List<String> renew(Path directory, Pebble pebble, int port);

        abstract Path certificate(Path directory);

        abstract Path key(Path directory);

        static Path trust(Path directory) {
            return directory.resolve("authority.pem");
        }
    }

    @ApplicationScoped
    public static class Greeter {

        @SocketEndpoint(value = "renewed", port = 0, address = "127.0.0.1")
        void greet(SocketStream stream) throws IOException {
            stream.output().write('!');
        }
    }

    @TempDir
    Path directory;

    private int port;
    private Pebble pebble;

    @BeforeEach
    void start() throws Exception {
        port = Pebble.freePort();
        Files.writeString(Client.trust(directory), Pebble.trust());
        pebble = Pebble.start(directory, Pebble.freePort(), port, Duration.ofDays(90));
    }

    @AfterEach
    void stop() {
        if (pebble != null) {
            pebble.close();
        }
    }

    private static void run(List<String> command) throws Exception {
        try (ProcessPeer client = ProcessPeer.start(command.toArray(String[]::new))) {
            await(command.toString()).atMost(PATIENCE).until(() -> !client.isAlive());
            assertThat(client.exitCode()).as(client.awaitEnd()).isZero();
        }
    }

    /** A client that has no session. */
    private static X509Certificate certificateOf(Application application) throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new TrustAll()}, null);
        int port = application
                .get(SocketServers.class)
                .named("renewed")
                .orElseThrow()
                .address()
                .getPort();
        try (SSLSocket socket =
                (SSLSocket) context.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.startHandshake();
            assertThat(socket.getInputStream().read()).isEqualTo('!');
            return (X509Certificate) socket.getSession().getPeerCertificates()[0];
        }
    }

    @ParameterizedTest
    @EnumSource
    @Tag("long")
    void renewedCertificateIsInUseWithoutReload(Client client) throws Exception {
        ProcessPeer.requireInstalled(client.name().toLowerCase(Locale.ROOT));
        run(client.obtain(directory, pebble, port));
        try (Application application = Application.configured(
                        "sluice.ssl.renewed.reload-period", "1s",
                        "sluice.ssl.renewed.key-store.pem.0.cert",
                                client.certificate(directory).toString(),
                        "sluice.ssl.renewed.key-store.pem.0.key",
                                client.key(directory).toString())
                .beans(Greeter.class)
                .start()) {
            X509Certificate first = certificateOf(application);
            run(client.renew(directory, pebble, port));
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(certificateOf(application)).isNotEqualTo(first));
        }
    }
}
