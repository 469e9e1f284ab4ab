package io.sluice.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.it.support.Application;
import io.sluice.it.support.SplitHelloSocket;
import io.sluice.server.ConnectionFailed;
import io.sluice.server.SocketEndpoint;
import io.sluice.server.SocketServer;
import io.sluice.server.SocketServers;
import io.sluice.server.TlsAlpnChallenges;
import io.sluice.server.TlsAlpnChallenges.Challenge;
import io.sluice.stream.SocketStream;
import io.sluice.stream.SocketStreamException;
import io.sluice.stream.SocketStreamException.Kind;
import io.sluice.testing.TestAuthority;
import io.sluice.testing.TestChain;
import io.sluice.testing.internal.ChallengeCertificate;
import io.sluice.testing.internal.ProcessPeer;
import io.sluice.testing.internal.TrustAll;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An authority validates a name on the TLS port of an endpoint, which requires client certificates and has no ALPN of its own. */
class TlsAlpnChallengeTest {

    private static final String NAME = "www.example.org";
    private static final TestAuthority AUTHORITY = TestAuthority.create("authority");
    private static final TestChain SERVER = AUTHORITY.issue("localhost", NAME);
    private static final TestChain CLIENT = AUTHORITY.issue("client");
    private static final ChallengeCertificate CERTIFICATE = ChallengeCertificate.of(NAME);

    private static final List<ConnectionFailed> FAILED = new CopyOnWriteArrayList<>();
    private static final AtomicInteger HANDLED = new AtomicInteger();

    @AutoClose
    private Application application;

    private SocketServer server;

    @ApplicationScoped
    public static class Service {

        @SocketEndpoint(value = "web", port = 0, address = "127.0.0.1")
        void serve(SocketStream stream) throws IOException {
            HANDLED.incrementAndGet();
            stream.input().transferTo(stream.output());
        }

        @SocketEndpoint(value = "messages", port = 0, address = "127.0.0.1", ssl = "web", frames = "fixed:5")
        byte[] reply(byte[] message) {
            HANDLED.incrementAndGet();
            return message;
        }

        void note(@Observes ConnectionFailed failed) {
            FAILED.add(failed);
        }
    }

    @BeforeEach
    void forget() {
        FAILED.clear();
        HANDLED.set(0);
    }

    private void start(String... settings) {
        application = Application.configured(
                        "sluice.ssl.web.key-store.pem.0.cert", SERVER.pem(),
                        "sluice.ssl.web.key-store.pem.0.key", SERVER.keyPem(),
                        "sluice.ssl.web.trust-store.pem.certs", AUTHORITY.pem(),
                        "sluice.ssl.web.client-auth", "need")
                .with(settings)
                .beans(Service.class)
                .start();
        server = application.get(SocketServers.class).named("web").orElseThrow();
    }

    private Challenge open() {
        return application.get(TlsAlpnChallenges.class).open(NAME, CERTIFICATE.certificate(), CERTIFICATE.key());
    }

    private Socket connected() throws IOException {
        return new Socket(server.address().getAddress(), server.address().getPort());
    }

    /** A client as an authority's: it trusts any certificate, because that is what it wants to see. */
    private static SSLSocket validating(Socket socket, String version, String... protocols) throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new TrustAll()}, null);
        SSLSocket client = (SSLSocket) context.getSocketFactory().createSocket(socket, NAME, socket.getPort(), true);
        SSLParameters parameters = client.getSSLParameters();
        parameters.setProtocols(new String[] {version});
        parameters.setApplicationProtocols(protocols);
        parameters.setServerNames(List.of(new SNIHostName(NAME)));
        client.setSSLParameters(parameters);
        client.setSoTimeout(20_000);
        return client;
    }

    private static void assertValidated(Socket socket, String version) throws Exception {
        try (SSLSocket client = validating(socket, version, "acme-tls/1")) {
            client.startHandshake();
            assertThat(client.getApplicationProtocol()).isEqualTo("acme-tls/1");
            assertThat(client.getSession().getProtocol()).isEqualTo(version);
            assertThat(client.getSession().getPeerCertificates()).containsExactly(CERTIFICATE.certificate());
            assertThat(client.getInputStream().read()).as("the connection ends").isEqualTo(-1);
        }
    }

    private SSLSocket visitor() throws Exception {
        SSLSocket client = (SSLSocket) CLIENT.context()
                .getSocketFactory()
                .createSocket(connected(), "localhost", server.address().getPort(), true);
        client.setSoTimeout(20_000);
        return client;
    }

    private static String roundTrip(SSLSocket client) throws IOException {
        client.getOutputStream().write("hello".getBytes(StandardCharsets.US_ASCII));
        X509Certificate shown = (X509Certificate) client.getSession().getPeerCertificates()[0];
        assertThat(shown).isEqualTo(SERVER.leaf().certificate());
        return new String(client.getInputStream().readNBytes(5), StandardCharsets.US_ASCII);
    }

    private void assertNothingNoticed(int handled) {
        Awaitility.await().until(() -> server.connections() == 0);
        assertThat(FAILED).isEmpty();
        assertThat(HANDLED).hasValue(handled);
        assertThat(server.counts().failed()).isZero();
        assertThat(server.counts().refused()).isZero();
        assertThat(server.counts().probes()).isZero();
    }

    /** Its connections have no thread that could read their first message. */
    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void endpointOfMessagesAnswersToo(String version) throws Exception {
        start();
        server = application.get(SocketServers.class).named("messages").orElseThrow();
        Challenge challenge = open();
        assertValidated(connected(), version);
        try (SSLSocket client = visitor()) {
            assertThat(roundTrip(client)).isEqualTo("hello");
        }
        challenge.close();
        assertNothingNoticed(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void authorityIsAnsweredAndOtherClientsNoticeNothing(String version) throws Exception {
        start();
        try (SSLSocket before = visitor()) {
            assertThat(roundTrip(before)).isEqualTo("hello");
            try (Challenge challenge = open();
                    SSLSocket meanwhile = visitor()) {
                assertThat(roundTrip(meanwhile)).isEqualTo("hello");
                assertValidated(connected(), version);
                assertValidated(connected(), version);
                assertThat(challenge.answers()).isEqualTo(2);
                assertThat(roundTrip(meanwhile)).isEqualTo("hello");
            }
            assertThat(roundTrip(before)).isEqualTo("hello");
        }
        try (SSLSocket after = visitor()) {
            assertThat(roundTrip(after)).isEqualTo("hello");
        }
        assertNothingNoticed(3);
    }

    @ParameterizedTest
    @CsvSource({"2, TLSv1.2", "7, TLSv1.2", "40, TLSv1.3", "1000, TLSv1.3"})
    void helloInSingleBytesAndSeveralRecordsIsRead(int fragment, String version) throws Exception {
        start();
        try (Challenge challenge = open()) {
            assertValidated(new SplitHelloSocket(server.address(), fragment), version);
            assertThat(challenge.answers()).isEqualTo(1);
            SSLSocket visitor = (SSLSocket) CLIENT.context()
                    .getSocketFactory()
                    .createSocket(
                            new SplitHelloSocket(server.address(), Math.max(fragment, 7)),
                            "localhost",
                            server.address().getPort(),
                            true);
            try (visitor) {
                assertThat(roundTrip(visitor)).isEqualTo("hello");
            }
        }
        assertNothingNoticed(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"WAIT", "REFUSE"})
    void serverThatIsFullAnswersTooAndAdmitsNobodyElse(String whenFull) throws Exception {
        start("sluice.endpoint.web.max-connections", "1", "sluice.endpoint.web.when-full", whenFull);
        try (SSLSocket first = visitor()) {
            assertThat(roundTrip(first)).isEqualTo("hello");
            try (Socket early = connected();
                    Challenge challenge = open()) {
                assertValidated(connected(), "TLSv1.3");
                assertValidated(connected(), "TLSv1.2");
                assertThat(challenge.answers()).isEqualTo(2);
                assertThat(server.connections()).isEqualTo(1);
                if (whenFull.equals("REFUSE")) {
                    assertThatThrownBy(() -> visitor().startHandshake()).isInstanceOf(IOException.class);
                    return;
                }
                try (SSLSocket second = (SSLSocket)
                        CLIENT.context().getSocketFactory().createSocket(early, "localhost", early.getPort(), true)) {
                    second.setSoTimeout(300);
                    assertThatThrownBy(() -> roundTrip(second)).as("it waits").isInstanceOf(IOException.class);
                }
                try (SSLSocket third = visitor()) {
                    Thread ending = new Thread(() -> {
                        Awaitility.await().until(() -> server.counts().accepted() >= 5);
                        closeQuietly(first);
                    });
                    ending.start();
                    assertThat(roundTrip(third)).as("it gets the place").isEqualTo("hello");
                    ending.join();
                }
            }
        }
        Awaitility.await().until(() -> server.connections() == 0);
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void clientThatStallsHoldsNobodyUpAndMissesItsDeadline() throws Exception {
        start("sluice.ssl.web.handshake-timeout", "1s", "sluice.endpoint.web.max-connections", "1");
        try (Challenge challenge = open();
                Socket stalling = connected()) {
            stalling.getOutputStream().write(new byte[] {22, 3, 1, 2, 0, 1, 0});
            assertValidated(connected(), "TLSv1.3");
            try (SSLSocket visitor = visitor()) {
                assertThat(roundTrip(visitor)).isEqualTo("hello");
            }
            assertThat(challenge.answers()).isEqualTo(1);
            stalling.setSoTimeout(10_000);
            long start = System.nanoTime();
            assertThat(stalling.getInputStream().readAllBytes()).hasSizeLessThan(20);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
        }
        Awaitility.await().until(() -> !FAILED.isEmpty());
        assertThat(FAILED).hasSize(1);
        assertThat(FAILED.get(0).cause()).isInstanceOf(SocketStreamException.class);
        assertThat(((SocketStreamException) FAILED.get(0).cause()).kind()).isEqualTo(Kind.HANDSHAKE_TIMEOUT);
        assertThat(FAILED.get(0).cause()).hasMessageContaining("deadline of PT1S");
    }

    @ParameterizedTest
    @CsvSource({"other.example.org, acme-tls/1, ", "www.example.org, acme-tls/1, h2", "www.example.org, h2, "})
    void clientThatAsksForSomethingElseIsTreatedAsUsual(String open, String protocol, String another) throws Exception {
        start();
        ChallengeCertificate certificate = ChallengeCertificate.of(open);
        try (Challenge challenge =
                application.get(TlsAlpnChallenges.class).open(open, certificate.certificate(), certificate.key())) {
            String[] protocols = another == null ? new String[] {protocol} : new String[] {protocol, another};
            try (SSLSocket client = validating(connected(), "TLSv1.2", protocols)) {
                assertThatThrownBy(client::startHandshake).isInstanceOf(IOException.class);
            }
            Awaitility.await().until(() -> !FAILED.isEmpty());
            assertThat(((SocketStreamException) FAILED.get(0).cause()).kind())
                    .isEqualTo(Kind.CLIENT_CERTIFICATE_MISSING);
            assertThat(challenge.answers()).isZero();
        }
    }

    @Test
    void clientThatLeavesIsAProbeAsBefore() throws Exception {
        start();
        try (Challenge challenge = open()) {
            connected().close();
            Awaitility.await().until(() -> server.counts().probes() == 1);
            assertThat(challenge.answers()).isZero();
            assertThat(FAILED).isEmpty();
        }
    }

    @Test
    void authorityIsAnsweredThroughABalancer() throws Exception {
        start("sluice.endpoint.web.proxy-protocol", "v1", "sluice.endpoint.web.trusted-proxies", "127.0.0.1");
        try (Challenge challenge = open()) {
            byte[] header = "PROXY TCP4 192.0.2.1 192.0.2.2 1 443\r\n".getBytes(StandardCharsets.US_ASCII);
            Socket balanced = connected();
            balanced.getOutputStream().write(header);
            assertValidated(balanced, "TLSv1.3");
            assertThat(challenge.answers()).isEqualTo(1);
            Socket other = connected();
            other.getOutputStream().write(header);
            try (SSLSocket visitor = (SSLSocket)
                    CLIENT.context().getSocketFactory().createSocket(other, "localhost", other.getPort(), true)) {
                assertThat(roundTrip(visitor)).isEqualTo("hello");
            }
        }
        assertNothingNoticed(1);
    }

    @Test
    void opensslSeesTheCertificateOfTheChallenge() throws Exception {
        start();
        InetSocketAddress address = server.address();
        try (Challenge challenge = open();
                ProcessPeer openssl = ProcessPeer.start(
                        "openssl",
                        "s_client",
                        "-connect",
                        "127.0.0.1:" + address.getPort(),
                        "-servername",
                        NAME,
                        "-alpn",
                        "acme-tls/1")) {
            assertThat(openssl.awaitEnd())
                    .contains("ALPN protocol: acme-tls/1")
                    .contains("subject=CN = acme challenge");
            assertThat(challenge.answers()).isEqualTo(1);
        }
        assertNothingNoticed(0);
    }
}
