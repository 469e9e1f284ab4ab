package io.sluice.testing.internal;

import io.sluice.testing.TestAuthority;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;

/** A real pebble, the ACME server for tests, with a DNS server that knows every name as 127.0.0.1. */
public final class Pebble implements Closeable {

    private static final TestAuthority AUTHORITY = TestAuthority.create("pebble's own");
    private static final int ATTEMPTS = 3;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final ProcessPeer dns;
    private final ProcessPeer pebble;
    private final int port;
    private final int managementPort;

    private Pebble(ProcessPeer dns, ProcessPeer pebble, int port, int managementPort) {
        this.dns = dns;
        this.pebble = pebble;
        this.port = port;
        this.managementPort = managementPort;
    }

    /**
     * Starts a server.
     *
     * @param directory a directory for its files
     * @param tlsPort the port on which it validates names, in place of 443
     * @param httpPort the same, in place of 80
     * @param validity the validity of the certificates that it issues
     */
    public static Pebble start(Path directory, int tlsPort, int httpPort, Duration validity) throws IOException {
        ProcessPeer.requireInstalled("pebble");
        AUTHORITY.issue("localhost").write(directory, "pebble");
        for (int i = 1; ; i++) {
            try {
                return startOnFreePorts(directory, tlsPort, httpPort, validity);
            } catch (IOException e) {
                // Pebble takes numbers of ports. Another process may have taken one of them meanwhile.
                if (i == ATTEMPTS || !String.valueOf(e.getMessage()).contains("address already in use")) {
                    throw e;
                }
            }
        }
    }

    private static Pebble startOnFreePorts(Path directory, int tlsPort, int httpPort, Duration validity)
            throws IOException {
        int port = freePort();
        int managementPort = freePort();
        int dnsPort = freePort();
        Path configuration = Files.writeString(directory.resolve("pebble.json"), """
                {"pebble": {"listenAddress": "127.0.0.1:%d", "managementListenAddress": "127.0.0.1:%d",
                 "certificate": "%3$s/pebble.crt", "privateKey": "%3$s/pebble.key",
                 "tlsPort": %4$d, "httpPort": %5$d, "certificateValidityPeriod": %6$d}}
                """.formatted(
                        port, managementPort, directory, tlsPort, httpPort, validity.toSeconds()));
        ProcessPeer dns = dns(dnsPort, freePort());
        ProcessPeer pebble = ProcessPeer.start(
                "env",
                "PEBBLE_VA_NOSLEEP=1",
                "PEBBLE_WFE_NONCEREJECT=0", // By default it rejects one in twenty, and certbot 2.1 fails at some of
                // them.
                "PEBBLE_AUTHZREUSE=0",
                "pebble",
                "-config",
                configuration.toString(),
                "-dnsserver",
                "127.0.0.1:" + dnsPort);
        Awaitility.await("pebble and its DNS server")
                .atMost(PATIENCE)
                .until(() -> listens(port) && listens(managementPort) && listens(dnsPort)
                        || !pebble.isAlive()
                        || !dns.isAlive());
        if (!pebble.isAlive() || !dns.isAlive()) {
            dns.close();
            pebble.close();
            throw new IOException("pebble does not start: " + pebble.output() + dns.output());
        }
        return new Pebble(dns, pebble, port, managementPort);
    }

    private static ProcessPeer dns(int port, int managementPort) throws IOException {
        return ProcessPeer.start(
                "pebble-challtestsrv",
                "-defaultIPv6",
                "",
                "-dns01",
                "127.0.0.1:" + port,
                "-management",
                "127.0.0.1:" + managementPort,
                "-http01",
                "",
                "-https01",
                "",
                "-tlsalpn01",
                "");
    }

    /** {@return a port that was free a moment ago} */
    public static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }

    private static boolean listens(int port) {
        try (Socket probe = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return probe.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    /** {@return the URL of its directory} */
    public URI directory() {
        return URI.create("https://localhost:" + port + "/dir");
    }

    /** {@return the certificate with which its own port is trusted, as PEM} */
    public static String trust() {
        return AUTHORITY.pem();
    }

    /** {@return the root of what it issues, as PEM} */
    public String root() throws IOException, InterruptedException {
        HttpClient client =
                HttpClient.newBuilder().sslContext(AUTHORITY.trustingContext()).build();
        return client.send(
                        HttpRequest.newBuilder(URI.create("https://localhost:" + managementPort + "/roots/0"))
                                .timeout(PATIENCE)
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
    }

    /** {@return the number of orders that it has had} */
    public long orders() {
        return pebble.output()
                .lines()
                .filter(line -> line.contains("Added order"))
                .count();
    }

    @Override
    public void close() {
        pebble.close();
        dns.close();
    }
}
