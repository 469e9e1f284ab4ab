package io.sluice.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.context.SslContext;
import io.sluice.context.SslSide;
import io.sluice.it.support.Application;
import io.sluice.it.support.TestEngine;
import io.sluice.journal.HandshakeJournal;
import io.sluice.journal.HandshakeStep;
import io.sluice.journal.JournalEntry;
import io.sluice.server.ServerStart;
import io.sluice.server.SocketEndpoint;
import io.sluice.server.SocketServer;
import io.sluice.server.SocketServers;
import io.sluice.server.StreamFunction;
import io.sluice.stream.Handshake;
import io.sluice.stream.Initarg;
import io.sluice.stream.SocketStream;
import io.sluice.stream.SocketStreamConnector;
import io.sluice.stream.SocketStreamException;
import io.sluice.stream.SocketStreamException.Kind;
import io.sluice.testing.CertificateProfile;
import io.sluice.testing.KeyAlgorithm;
import io.sluice.testing.TestAuthority;
import io.sluice.testing.TestChain;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the journal says about real failures, on both sides of the same connection. */
class JournalTest {

    private static final String WEB = "sluice.ssl.journal-web.";
    private static final String CLIENT = "sluice.ssl.journal-client.";
    private static final String NAME = "shop.example";

    private static TestAuthority authority;
    private static TestAuthority other;

    /** Echoes a byte. */
    @ApplicationScoped
    public static class Service {

        @Inject
        private HandshakeJournal journal;

        HandshakeJournal journal() {
            return journal;
        }

        @SocketEndpoint("journal-web")
        void serve(SocketStream stream) throws IOException {
            stream.output().write(stream.input().read());
        }
    }

    /** What one side says. */
    record Said(Kind kind, HandshakeStep step, Optional<String> setting) {
        static Said of(Kind kind, HandshakeStep step, String setting) {
            return new Said(kind, step, Optional.of(setting));
        }

        static Said of(Kind kind, HandshakeStep step) {
            return new Said(kind, step, Optional.empty());
        }
    }

    /** A failure, with the changes of the settings that cause it, and what each side says. */
    record Row(String name, Map<String, String> properties, Said server, Said client, String remedy) {
        @Override
        public String toString() {
            return name;
        }
    }

    @TempDir
    static Path directory;

    @AutoClose
    private Application application;

    @BeforeAll
    static void issue() throws Exception {
        authority = TestAuthority.create("journal");
        other = TestAuthority.create("another");
    }

    private static Map<String, String> properties() throws IOException {
        TestChain web = authority.issue(NAME);
        Map<String, String> properties = new TreeMap<>();
        properties.putAll(key(WEB, web));
        properties.put(WEB + "trust-store.pem.certs", authority.pem());
        Path trust = Files.writeString(directory.resolve("trust.pem"), authority.pem());
        properties.put(CLIENT + "trust-store.pem.certs", trust.toString());
        properties.put("sluice.endpoint.journal-web.port", "0");
        properties.put("sluice.endpoint.journal-web.address", "127.0.0.1");
        return properties;
    }

    private static Map<String, String> key(String context, TestChain chain) {
        return Map.of(context + "key-store.pem.0.cert", chain.pem(), context + "key-store.pem.0.key", chain.keyPem());
    }

    private static Map<String, String> both(Map<String, String> one, Map<String, String> more) {
        Map<String, String> all = new TreeMap<>(one);
        all.putAll(more);
        return all;
    }

    static Stream<Row> rows() throws Exception {
        return all().filter(JournalTest::isTold);
    }

    private static Stream<Row> all() throws Exception {
        Said refused = Said.of(Kind.VERSION_OR_CIPHER_MISMATCH, HandshakeStep.NEGOTIATION);
        Said rejected = Said.of(Kind.REJECTED_BY_PEER, HandshakeStep.SERVER_CERTIFICATE, WEB + "key-store.…");
        Said rejectedClient =
                Said.of(Kind.REJECTED_BY_PEER, HandshakeStep.CLIENT_CERTIFICATE, CLIENT + "client-key-store.…");
        return Stream.of(
                new Row(
                        "no shared version",
                        Map.of(WEB + "protocols", "TLSv1.3", CLIENT + "protocols", "TLSv1.2"),
                        Said.of(Kind.VERSION_OR_CIPHER_MISMATCH, HandshakeStep.NEGOTIATION, WEB + "protocols"),
                        refused,
                        "share no TLS versions. The peer has TLSv1.2"),
                new Row(
                        "no shared cipher suite",
                        Map.of(
                                WEB + "protocols", "TLSv1.2",
                                CLIENT + "protocols", "TLSv1.2",
                                WEB + "cipher-suites", "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
                                CLIENT + "cipher-suites", "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384"),
                        Said.of(Kind.VERSION_OR_CIPHER_MISMATCH, HandshakeStep.NEGOTIATION, WEB + "cipher-suites"),
                        refused,
                        "share no cipher suites. The peer has TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384"),
                new Row(
                        "a key that the client cannot use",
                        Map.of(
                                CLIENT + "protocols", "TLSv1.2",
                                CLIENT + "cipher-suites",
                                        "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384"),
                        Said.of(Kind.VERSION_OR_CIPHER_MISMATCH, HandshakeStep.NEGOTIATION, WEB + "key-store.…"),
                        refused,
                        "Add a key of another algorithm"),
                new Row(
                        "no shared application protocol",
                        Map.of(WEB + "alpn", "h2", CLIENT + "alpn", "http/1.1"),
                        Said.of(Kind.ALPN_MISMATCH, HandshakeStep.NEGOTIATION, WEB + "alpn"),
                        Said.of(Kind.ALPN_MISMATCH, HandshakeStep.NEGOTIATION, CLIENT + "alpn"),
                        "common protocol in alpn"),
                new Row(
                        "an unknown name",
                        both(
                                key(WEB, authority.issue("elsewhere.example")),
                                Map.of(WEB + "key-store.sni", "true", WEB + "key-store.sni-unmatched", "refuse")),
                        Said.of(Kind.SERVER_NAME_REFUSED, HandshakeStep.HELLO, WEB + "key-store.…"),
                        Said.of(Kind.REJECTED_BY_PEER, HandshakeStep.HELLO),
                        "asks for 'shop.example'"),
                new Row(
                        "an expired certificate",
                        key(WEB, authority.issue(CertificateProfile.of(NAME).expired())),
                        rejected,
                        Said.of(Kind.CERTIFICATE_EXPIRED, HandshakeStep.SERVER_CERTIFICATE),
                        "did not accept this server's certificate"),
                new Row(
                        "an untrusted certificate",
                        key(WEB, other.issue(NAME)),
                        rejected,
                        Said.of(
                                Kind.CERTIFICATE_UNKNOWN_ISSUER,
                                HandshakeStep.SERVER_CERTIFICATE,
                                CLIENT + "trust-store.…"),
                        "did not accept this server's certificate"),
                new Row(
                        "a certificate for another host",
                        key(WEB, authority.issue("elsewhere.example")),
                        rejected,
                        Said.of(Kind.CERTIFICATE_WRONG_HOST, HandshakeStep.SERVER_CERTIFICATE),
                        "did not accept this server's certificate"),
                new Row(
                        "no client certificate, TLS 1.2",
                        Map.of(WEB + "client-auth", "need", WEB + "protocols", "TLSv1.2"),
                        Said.of(Kind.CLIENT_CERTIFICATE_MISSING, HandshakeStep.CLIENT_CERTIFICATE),
                        rejectedClient,
                        "Configure the client with a certificate"),
                new Row(
                        "no client certificate, TLS 1.3",
                        Map.of(WEB + "client-auth", "need"),
                        Said.of(Kind.CLIENT_CERTIFICATE_MISSING, HandshakeStep.CLIENT_CERTIFICATE),
                        rejectedClient,
                        "Configure the client with a certificate"),
                new Row(
                        "an expired client certificate",
                        both(
                                key(
                                        CLIENT,
                                        authority.issue(
                                                CertificateProfile.of("client").expired())),
                                Map.of(WEB + "client-auth", "need")),
                        Said.of(Kind.CERTIFICATE_EXPIRED, HandshakeStep.CLIENT_CERTIFICATE),
                        rejectedClient,
                        "needs a new certificate"),
                new Row(
                        "a client that no rule admits",
                        both(
                                key(CLIENT, authority.issue("client")),
                                Map.of(WEB + "client-auth", "need", WEB + "client-auth.allow.dns", "device.example")),
                        Said.of(
                                Kind.CERTIFICATE_NOT_ALLOWED,
                                HandshakeStep.CLIENT_CERTIFICATE,
                                WEB + "client-auth.allow.…"),
                        rejectedClient,
                        "add one of its names to the rules"));
    }

    /** BoringSSL does not say that it was the name. */
    private static boolean isTold(Row row) {
        return TestEngine.isJsse() || !row.name().equals("an unknown name");
    }

    private void start(Map<String, String> changes) throws IOException {
        application = Application.configured()
                .with(both(properties(), changes))
                .beans(Service.class)
                .start();
    }

    private HandshakeJournal journal() {
        return application.get(Service.class).journal();
    }

    private int port() {
        return application
                .get(SocketServers.class)
                .named("journal-web")
                .orElseThrow()
                .address()
                .getPort();
    }

    /** Connects, and exchanges a byte, because a client of TLS 1.3 may learn of its rejection only then. */
    private void connect(int port) {
        SocketStreamConnector connector = application
                .container()
                .select(SocketStreamConnector.class, SslContext.Literal.of("journal-client"))
                .get();
        assertThatThrownBy(() -> {
                    try (SocketStream stream = connector
                            .open("localhost", port, SocketStream.class, Initarg.serverName(NAME))
                            .orElseThrow()) {
                        stream.output().write('a');
                        assertThat(stream.input().read()).isEqualTo('a');
                    }
                })
                .isInstanceOf(SocketStreamException.class);
    }

    private Socket plainClient() throws IOException {
        return new Socket(InetAddress.getByName("127.0.0.1"), port());
    }

    private JournalEntry entry(SslSide side) {
        return Awaitility.await()
                .until(
                        () -> journal().entries().stream()
                                .filter(entry -> entry.side() == side)
                                .findFirst(),
                        Optional::isPresent)
                .orElseThrow();
    }

    private static Said said(JournalEntry entry) {
        return new Said(entry.kind(), entry.step(), entry.setting());
    }

    @ParameterizedTest
    @MethodSource("rows")
    void entryExplainsTheFailure(Row row) throws Exception {
        start(row.properties());
        Instant before = Instant.now();

        connect(port());

        JournalEntry server = entry(SslSide.SERVER);
        JournalEntry client = entry(SslSide.CLIENT);
        assertThat(said(server)).as(server.toString()).isEqualTo(row.server());
        assertThat(said(client)).as(client.toString()).isEqualTo(row.client());
        assertThat(server.remedy()).contains(row.remedy());
        assertThat(client.remedy()).isNotEmpty();
        assertThat(server.context()).contains("journal-web");
        assertThat(server.endpoint()).contains("journal-web");
        assertThat(server.peer()).startsWith("127.0.0.1:");
        assertThat(server.time()).isAfterOrEqualTo(before);
        assertThat(server.duration()).isPositive();
        assertThat(server.count()).isEqualTo(1);
        assertThat(client.context()).contains("journal-client");
        assertThat(client.endpoint()).isEmpty();
        assertThat(client.peer()).isEqualTo("127.0.0.1:" + port());
        assertThat(server.ja4())
                .hasValueSatisfying(ja4 -> assertThat(ja4).matches("t1[23]d\\d{4}.._[0-9a-f]{12}_[0-9a-f]{12}"));
        client.ja4().ifPresent(own -> assertThat(server.ja4()).contains(own));
        assertThat(server.client().serverName()).contains(NAME);
        assertThat(server.client().cipherSuites()).isNotEmpty();
        assertThat(server.client().signatureSchemes()).isNotEmpty();
        assertThat(server.client().groups()).isNotEmpty();
        assertThat(server.server().versions()).isNotEmpty();
        assertThat(server.server().cipherSuites()).isNotEmpty();
        assertThat(server.toString())
                .contains(server.message(), server.remedy(), "context 'journal-web'", "step " + server.step());
        assertThat(journal().omitted()).isZero();
    }

    @ParameterizedTest
    @MethodSource("rows")
    void entryHasNoSecrets(Row row) throws Exception {
        start(row.properties());

        connect(port());

        assertThat(entry(SslSide.SERVER).toString() + entry(SslSide.CLIENT))
                .doesNotContain("PRIVATE KEY")
                .doesNotContain(authority.issue("x").keyPem());
    }

    @Test
    void certificateIsTheOneThatTheFailureIsAbout() throws Exception {
        TestChain expired = authority.issue(CertificateProfile.of(NAME).expired());
        start(key(WEB, expired));

        connect(port());

        assertThat(entry(SslSide.CLIENT).certificate().orElseThrow().certificate())
                .isEqualTo(expired.leaf().certificate());
        assertThat(entry(SslSide.SERVER).certificate().orElseThrow().certificate())
                .isEqualTo(expired.leaf().certificate());
        assertThat(entry(SslSide.CLIENT).certificate().orElseThrow().source()).isEqualTo("the peer");
    }

    /** After a fatal alert in TLS 1.2, an engine does not tell which certificate was sent. */
    @Test
    void certificateOfAnotherKeyIsNotShown() throws Exception {
        TestChain sent = other.issue(CertificateProfile.of(NAME).keyAlgorithm(KeyAlgorithm.RSA));
        start(both(
                Map.of(WEB + "key-store.pem.1.cert", sent.pem(), WEB + "key-store.pem.1.key", sent.keyPem()),
                Map.of(
                        CLIENT + "protocols", "TLSv1.2",
                        CLIENT + "cipher-suites", "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256")));

        connect(port());

        JournalEntry entry = entry(SslSide.SERVER);
        entry.certificate()
                .ifPresent(shown ->
                        assertThat(shown.certificate()).isEqualTo(sent.leaf().certificate()));
    }

    @Test
    void refusedClientsCertificateAndTheServersIssuersAreShown() throws Exception {
        TestChain client = other.issue("client");
        start(both(key(CLIENT, client), Map.of(WEB + "client-auth", "need", WEB + "protocols", "TLSv1.2")));

        connect(port());

        JournalEntry server = entry(SslSide.SERVER);
        assertThat(server.step()).isEqualTo(HandshakeStep.CLIENT_CERTIFICATE);
        assertThat(server.server().issuers())
                .containsExactly(
                        authority.certificate().getSubjectX500Principal().getName());
        assertThat(entry(SslSide.CLIENT).server().issuers())
                .isEqualTo(server.server().issuers());
    }

    @Test
    void plaintextPeerOfAServerIsFoundAtItsFirstBytes() throws Exception {
        start(Map.of());
        try (Socket socket = plainClient()) {
            socket.getOutputStream().write("GET / HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            socket.getInputStream().transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            // A reset is as good.
        }

        JournalEntry entry = entry(SslSide.SERVER);
        assertThat(said(entry)).isEqualTo(Said.of(Kind.NOT_TLS, HandshakeStep.FIRST_BYTES));
        assertThat(entry.ja4()).isEmpty();
        assertThat(entry.client().versions()).isEmpty();
        assertThat(entry.reproduce()).isEmpty();
    }

    @Test
    void plaintextServerIsFoundAtItsFirstBytes() throws Exception {
        start(Map.of());
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            Thread greeting = new Thread(() -> {
                try (Socket accepted = server.accept()) {
                    accepted.getOutputStream().write("220 mail.example ESMTP\r\n".getBytes(StandardCharsets.US_ASCII));
                    accepted.getInputStream().transferTo(OutputStream.nullOutputStream());
                } catch (IOException e) {
                    // A reset is as good.
                }
            });
            greeting.start();
            connect(server.getLocalPort());
            greeting.join();
        }

        JournalEntry entry = entry(SslSide.CLIENT);
        assertThat(said(entry)).isEqualTo(Said.of(Kind.NOT_TLS, HandshakeStep.FIRST_BYTES));
        assertThat(entry.ja4()).isPresent();
        assertThat(entry.reproduce())
                .hasValueSatisfying(command -> assertThat(command)
                        .startsWith("openssl s_client -connect " + entry.peer() + " -servername shop.example "));
    }

    @Test
    void silentPeersAreFoundAtTheDeadlineOfEachSide() throws Exception {
        start(Map.of(WEB + "handshake-timeout", "200ms", CLIENT + "handshake-timeout", "200ms"));
        try (Socket socket = plainClient();
                ServerSocket server = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            connect(server.getLocalPort());
            JournalEntry ofServer = entry(SslSide.SERVER);
            assertThat(said(ofServer))
                    .isEqualTo(Said.of(Kind.HANDSHAKE_TIMEOUT, HandshakeStep.DEADLINE, WEB + "handshake-timeout"));
            assertThat(ofServer.remedy()).startsWith("The peer has sent nothing.");
            assertThat(ofServer.duration()).isGreaterThanOrEqualTo(Duration.ofMillis(150));
            assertThat(socket.isConnected()).isTrue();
        }
        awaitNoConnections();
        assertThat(journal().entries()).extracting(JournalEntry::count).containsExactly(1L, 1L);
        assertThat(said(entry(SslSide.CLIENT)))
                .isEqualTo(Said.of(Kind.HANDSHAKE_TIMEOUT, HandshakeStep.DEADLINE, CLIENT + "handshake-timeout"));
    }

    @Test
    void hostThatDoesNotListenIsFoundWhenConnecting() throws Exception {
        start(Map.of());
        int port;
        try (ServerSocket closed = new ServerSocket(0)) {
            port = closed.getLocalPort();
        }

        connect(port);

        JournalEntry entry = entry(SslSide.CLIENT);
        assertThat(said(entry)).isEqualTo(Said.of(Kind.CONNECT_FAILED, HandshakeStep.CONNECTING));
        assertThat(entry.peer()).isEqualTo("localhost:" + port);
    }

    @Test
    void peerThatIsNoBalancerIsFoundAtThePROXYHeader() throws Exception {
        start(Map.of(
                "sluice.endpoint.journal-web.proxy-protocol", "v1",
                "sluice.endpoint.journal-web.trusted-proxies", "127.0.0.0/8"));

        connect(port());

        assertThat(said(entry(SslSide.SERVER)))
                .isEqualTo(Said.of(
                        Kind.PROXY_HEADER_INVALID,
                        HandshakeStep.PROXY_HEADER,
                        "sluice.endpoint.journal-web.proxy-protocol"));
        awaitNoConnections();
        assertThat(entry(SslSide.SERVER).count()).isEqualTo(1);
    }

    /** An engine's first flight, for peers that do not go on. */
    private static byte[] clientHello() throws Exception {
        SSLEngine engine = SSLContext.getDefault().createSSLEngine();
        engine.setUseClientMode(true);
        ByteBuffer hello = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
        engine.wrap(ByteBuffer.allocate(0), hello);
        return Arrays.copyOf(hello.array(), hello.position());
    }

    private void awaitNoConnections() {
        Awaitility.await()
                .until(() -> application.get(SocketServers.class).running().stream()
                        .allMatch(server -> server.connections() == 0));
    }

    @Test
    void peerThatLeavesAfterTheServersFlightHasSeenTheOffer() throws Exception {
        start(Map.of());
        try (Socket socket = plainClient()) {
            socket.getOutputStream().write(clientHello());
            assertThat(socket.getInputStream().read()).isEqualTo(22);
        }

        JournalEntry entry = entry(SslSide.SERVER);
        assertThat(entry.step()).as(entry.toString()).isEqualTo(HandshakeStep.FINISHED);
        assertThat(entry.ja4()).isPresent();
        assertThat(entry.remedy()).startsWith("The peer left after it had seen this side's offer and certificate");
    }

    @Test
    void helloBeforeTheSilenceIsHeard() throws Exception {
        start(Map.of(WEB + "handshake-timeout", "200ms"));
        try (Socket socket = plainClient()) {
            socket.getOutputStream().write(clientHello());

            JournalEntry entry = entry(SslSide.SERVER);
            assertThat(entry.kind()).isEqualTo(Kind.HANDSHAKE_TIMEOUT);
            assertThat(entry.remedy()).startsWith("Check that the peer");
        }
    }

    private SocketServer serve(StreamFunction<SocketStream> service, Initarg... initargs) throws IOException {
        return application
                .get(SocketServers.class)
                .startUp(ServerStart.of("journal-web", SocketStream.class, service)
                        .with(initargs)
                        .listening("from-code", settings -> settings));
    }

    /** The client is fine. It is a server behind this one that fails. */
    @Test
    void failureOfAnotherConnectionIsNotThePeers() throws Exception {
        start(Map.of(CLIENT + "handshake-timeout", "200ms"));
        SocketStreamConnector connector = application
                .container()
                .select(SocketStreamConnector.class, SslContext.Literal.of("journal-client"))
                .get();
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
                SocketServer server = serve((stream, connection) -> {
                    stream.output().write('a');
                    connector
                            .open("localhost", silent.getLocalPort(), SocketStream.class)
                            .orElseThrow();
                })) {
            try (SocketStream stream = connector
                    .open("localhost", server.address().getPort(), SocketStream.class, Initarg.serverName(NAME))
                    .orElseThrow()) {
                assertThat(stream.input().read()).isEqualTo('a');
                Awaitility.await().until(() -> server.counts().conditions().containsKey(Kind.HANDSHAKE_TIMEOUT));
            }
            Awaitility.await().until(() -> server.connections() == 0);
        }

        assertThat(journal().entries()).singleElement().satisfies(entry -> {
            assertThat(entry.side()).isEqualTo(SslSide.CLIENT);
            assertThat(entry.count()).isEqualTo(1);
        });
    }

    /** The handshake would still succeed. */
    @Test
    void applicationThatFailsWithinALazyHandshakeIsNoFailedHandshake() throws Exception {
        start(Map.of());
        try (SocketServer server = serve(
                        (stream, connection) -> {
                            try {
                                stream.readDeadline(Duration.ofMillis(100));
                                stream.input().read();
                            } catch (SocketStreamException e) {
                                throw new IllegalStateException("on purpose, after " + e.kind(), e);
                            }
                        },
                        Initarg.handshake(Handshake.LAZY));
                Socket socket = new Socket(
                        InetAddress.getByName("127.0.0.1"), server.address().getPort())) {
            socket.getOutputStream().write(clientHello());
            Awaitility.await().until(() -> server.counts().errors() == 1 && server.connections() == 0);
        }

        assertThat(journal().entries()).isEmpty();
    }

    @Test
    void probesAndSuccessesAreNotKept() throws Exception {
        start(Map.of());
        for (int i = 0; i < 3; i++) {
            plainClient().close();
        }
        SocketStreamConnector connector = application
                .container()
                .select(SocketStreamConnector.class, SslContext.Literal.of("journal-client"))
                .get();
        try (SocketStream stream = connector
                .open("localhost", port(), SocketStream.class, Initarg.serverName(NAME))
                .orElseThrow()) {
            stream.output().write('a');
            assertThat(stream.input().read()).isEqualTo('a');
        }

        Awaitility.await()
                .until(() -> application.get(SocketServers.class).running().stream()
                        .allMatch(server -> server.counts().probes() == 3 && server.connections() == 0));
        assertThat(journal().entries()).isEmpty();
    }

    @Test
    void repeatedFailuresOfAPeerAreOneEntry() throws Exception {
        start(Map.of(WEB + "protocols", "TLSv1.3", CLIENT + "protocols", "TLSv1.2"));
        for (int i = 0; i < 30; i++) {
            connect(port());
        }

        Awaitility.await()
                .untilAsserted(() -> assertThat(journal().entries("journal-web"))
                        .singleElement()
                        .satisfies(entry -> assertThat(entry.count()).isEqualTo(30))
                        .satisfies(entry -> assertThat(entry.first()).isBefore(entry.time()))
                        .satisfies(entry -> assertThat(entry.toString()).contains("30 since ")));
        assertThat(journal().omitted()).isZero();
        assertThat(journal().entries("none")).isEmpty();
    }

    @Test
    void maskedJournalNamesNoPeer() throws Exception {
        start(both(
                key(
                        CLIENT,
                        authority.issue(CertificateProfile.of("secret-client")
                                .subject("CN=secret-client")
                                .expired())),
                Map.of("sluice.journal.mask", "true", WEB + "client-auth", "need")));

        connect(port());

        JournalEntry server = entry(SslSide.SERVER);
        assertThat(server.peer()).isEqualTo("127.0.0.0/24");
        assertThat(server.kind()).isEqualTo(Kind.CERTIFICATE_EXPIRED);
        assertThat(server.certificate()).isEmpty();
        assertThat(server.message()).contains("CERTIFICATE_EXPIRED", "valid from");
        assertThat(entry(SslSide.CLIENT).reproduce()).isEmpty();
        assertThat(entry(SslSide.CLIENT).toString()).doesNotContain("127.0.0.1", "localhost", NAME);
        assertThat(server.toString()).doesNotContain("secret-client", NAME, "127.0.0.1 ");
    }

    @Test
    void journalThatIsOffKeepsNothing() throws Exception {
        start(Map.of("sluice.journal.size", "0", WEB + "protocols", "TLSv1.3", CLIENT + "protocols", "TLSv1.2"));

        connect(port());

        Awaitility.await()
                .until(() -> application.get(SocketServers.class).running().stream()
                        .allMatch(server -> server.counts().conditions().containsKey(Kind.VERSION_OR_CIPHER_MISMATCH)));
        assertThat(journal().entries()).isEmpty();
        assertThat(journal().omitted()).isZero();
    }

    /** Rows whose command is run. */
    static Stream<Row> repeated() throws Exception {
        List<String> names = new ArrayList<>(List.of(
                "no shared version",
                "no shared cipher suite",
                "a key that the client cannot use",
                "no shared application protocol",
                "an unknown name",
                "no client certificate, TLS 1.2",
                "no client certificate, TLS 1.3"));
        return rows().filter(row -> names.contains(row.name()));
    }

    @ParameterizedTest
    @MethodSource("repeated")
    void commandRepeatsTheFailureOfAServer(Row row) throws Exception {
        start(row.properties());
        connect(port());
        JournalEntry entry = entry(SslSide.SERVER);
        String command = entry.reproduce().orElseThrow();

        String output = run(command);

        assertThat(command).startsWith("openssl s_client -connect 127.0.0.1:" + port());
        Awaitility.await()
                .untilAsserted(() -> assertThat(journal().entries("journal-web"))
                        .as("%s: %s", command, output)
                        .singleElement()
                        .satisfies(again -> assertThat(again.count()).isEqualTo(2))
                        .satisfies(again -> assertThat(said(again)).isEqualTo(said(entry))));
    }

    /** Rows of clients, with what OpenSSL says. */
    record Printed(String row, String words) {}

    static Stream<Printed> printed() {
        return Stream.of(
                new Printed("an expired certificate", "certificate has expired"),
                new Printed("an untrusted certificate", "self-signed certificate in certificate chain"),
                new Printed("a certificate for another host", "hostname mismatch"),
                new Printed("no shared version", "protocol version"),
                new Printed("no shared cipher suite", "handshake failure"));
    }

    @ParameterizedTest
    @MethodSource("printed")
    void commandRepeatsTheFailureOfAClient(Printed printed) throws Exception {
        Row row = rows().filter(known -> known.name().equals(printed.row()))
                .findFirst()
                .orElseThrow();
        start(row.properties());
        connect(port());

        String command = entry(SslSide.CLIENT).reproduce().orElseThrow();

        assertThat(run(command)).as(command).contains(printed.words());
    }

    private static String run(String command) throws Exception {
        Process process = new ProcessBuilder("sh", "-c", command)
                .redirectErrorStream(true)
                .start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return output;
    }

    /** OpenSSL offers a group that the JDK and BoringSSL do not have. */
    @Test
    void groupsThatAreNotSharedAreFound() throws Exception {
        start(Map.of(WEB + "protocols", "TLSv1.2"));

        run("openssl s_client -connect 127.0.0.1:" + port()
                + " -tls1_2 -groups brainpoolP256r1 -cipher ECDHE-ECDSA-AES128-GCM-SHA256 </dev/null");

        JournalEntry entry = entry(SslSide.SERVER);
        assertThat(entry.step()).as(entry.toString()).isEqualTo(HandshakeStep.NEGOTIATION);
        assertThat(entry.setting()).contains(WEB + "key-exchange-groups");
        assertThat(entry.client().groups()).containsExactly("brainpoolP256r1");
    }

    /** A hostile client must not be able to put commands into what an operator pastes into a shell. */
    @Test
    void wordsOfThePeerAreSafeInAShell() throws Exception {
        Path proof = directory.resolve("proof");
        start(Map.of(WEB + "alpn", "h2"));
        run("openssl s_client -connect 127.0.0.1:" + port() + " -alpn \"x';touch\\${IFS}" + proof + ";'\" </dev/null");
        JournalEntry entry = entry(SslSide.SERVER);
        assertThat(entry.kind()).isEqualTo(Kind.ALPN_MISMATCH);

        run(entry.reproduce().orElseThrow());

        assertThat(proof).doesNotExist();
        assertThat(entry.reproduce().orElseThrow()).doesNotContain("-alpn");
    }
}
