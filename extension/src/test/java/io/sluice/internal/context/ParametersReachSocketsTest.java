package io.sluice.internal.context;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.testing.CertificateProfile;
import io.sluice.testing.TestAuthority;
import io.sluice.testing.TestChain;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLServerSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The parameters of a context apply to every connection of its factories, as handshakes over the loopback interface show. */
class ParametersReachSocketsTest {
    private static final TestAuthority AUTHORITY = TestAuthority.create("authority");
    private static final TestChain LOCALHOST = AUTHORITY.issue("localhost");

    private static ReloadableContext server(String... more) {
        return NamedContexts.web(with(
                more,
                "key-store.pem.0.cert",
                LOCALHOST.pem(),
                "key-store.pem.0.key",
                LOCALHOST.keyPem(),
                "trust-store.pem.certs",
                AUTHORITY.pem()));
    }

    private static ReloadableContext client(String... more) {
        return NamedContexts.web(with(more, "trust-store.pem.certs", AUTHORITY.pem()));
    }

    private static ReloadableContext clientWithKey(TestChain chain) {
        return client("key-store.pem.0.cert", chain.pem(), "key-store.pem.0.key", chain.keyPem());
    }

    private static String[] with(String[] more, String... base) {
        List<String> all = new ArrayList<>(List.of(base));
        all.addAll(List.of(more));
        return all.toArray(String[]::new);
    }

    private static Loopback.Outcome connect(ReloadableContext server, ReloadableContext client, String host)
            throws Exception {
        try (Loopback loopback = new Loopback(server.serverSocketFactory())) {
            return loopback.connect(client.socketFactory(), host);
        }
    }

    @Test
    void connectByDefaultUsesTls13AndCarriesData() throws Exception {
        Loopback.Outcome outcome = connect(server(), client(), "localhost");

        assertThat(outcome.isConnected()).as("%s", outcome).isTrue();
        assertThat(outcome.serverSession().getProtocol()).isEqualTo("TLSv1.3");
    }

    @ParameterizedTest
    @CsvSource({
        "'TLSv1.2', 'TLSv1.3,TLSv1.2', TLSv1.2",
        "'TLSv1.3,TLSv1.2', 'TLSv1.2', TLSv1.2",
        "'TLSv1.3', 'TLSv1.3', TLSv1.3",
        "'TLSv1.3', 'TLSv1.2', ",
        "'TLSv1.2', 'TLSv1.3', "
    })
    void connectUsesTheProtocolsThatBothSidesHave(String servers, String clients, String expected) throws Exception {
        Loopback.Outcome outcome = connect(server("protocols", servers), client("protocols", clients), "localhost");

        assertThat(outcome.isConnected()).as("%s", outcome).isEqualTo(expected != null);
        if (expected != null) {
            assertThat(outcome.serverSession().getProtocol()).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "TLSv1.3, TLS_CHACHA20_POLY1305_SHA256, server",
        "TLSv1.3, TLS_AES_128_GCM_SHA256, client",
        "TLSv1.2, TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256, server",
        "TLSv1.2, TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256, client"
    })
    void connectUsesTheCipherSuitesOfEitherSide(String protocol, String suite, String side) throws Exception {
        String[] configured = {"protocols", protocol, "cipher-suites", suite};
        ReloadableContext server = side.equals("server") ? server(configured) : server();
        ReloadableContext client = side.equals("client") ? client(configured) : client();

        assertThat(connect(server, client, "localhost").serverSession().getCipherSuite())
                .isEqualTo(suite);
    }

    static Stream<Arguments> clientCertificates() {
        TestChain known = AUTHORITY.issue("device");
        TestChain stranger = TestAuthority.create("stranger").issue("device");
        TestChain expired = AUTHORITY.issue(CertificateProfile.of("device").expired());
        TestChain forServers = AUTHORITY.issue(CertificateProfile.of("device").forServers());
        return Stream.of("TLSv1.3", "TLSv1.2")
                .flatMap(protocol -> Stream.of(
                        Arguments.of(protocol, "need", "a known one", clientWithKey(known), true),
                        Arguments.of(protocol, "need", "none", client(), false),
                        Arguments.of(protocol, "need", "a stranger's", clientWithKey(stranger), false),
                        Arguments.of(protocol, "need", "an expired one", clientWithKey(expired), false),
                        Arguments.of(protocol, "need", "one for servers", clientWithKey(forServers), false),
                        Arguments.of(protocol, "want", "a known one", clientWithKey(known), true),
                        Arguments.of(protocol, "want", "none", client(), true),
                        Arguments.of(protocol, "none", "none", client(), true)));
    }

    @ParameterizedTest(name = "{0}, client-auth {1}, certificate: {2}")
    @MethodSource("clientCertificates")
    void connectAsksForTheClientsCertificate(
            String protocol, String clientAuth, String certificate, ReloadableContext client, boolean expected)
            throws Exception {
        ReloadableContext server = server("client-auth", clientAuth, "protocols", protocol);

        Loopback.Outcome outcome = connect(server, client, "localhost");

        assertThat(outcome.isConnected()).as("%s", outcome).isEqualTo(expected);
        if (expected && certificate.equals("a known one")) {
            assertThat(outcome.serverSession().getPeerPrincipal()).hasToString("CN=device");
        }
    }

    @Test
    void connectWithoutClientAuthDoesNotAskAClientThatHasACertificate() throws Exception {
        Loopback.Outcome outcome = connect(server(), clientWithKey(AUTHORITY.issue("device")), "localhost");

        org.assertj.core.api.Assertions.assertThatThrownBy(outcome.serverSession()::getPeerPrincipal)
                .isInstanceOf(SSLPeerUnverifiedException.class);
    }

    @Test
    void connectToAnotherHostsCertificateFails() throws Exception {
        TestChain elsewhere = AUTHORITY.issue("elsewhere.example");
        ReloadableContext server =
                NamedContexts.web("key-store.pem.0.cert", elsewhere.pem(), "key-store.pem.0.key", elsewhere.keyPem());

        Loopback.Outcome outcome = connect(server, client(), "localhost");

        assertThat(outcome.client().failure()).get().isInstanceOf(SSLHandshakeException.class);
    }

    @Test
    void connectToAnotherHostsCertificateWithoutVerificationSucceeds() throws Exception {
        TestChain elsewhere = AUTHORITY.issue("elsewhere.example");
        ReloadableContext server =
                NamedContexts.web("key-store.pem.0.cert", elsewhere.pem(), "key-store.pem.0.key", elsewhere.keyPem());

        Loopback.Outcome outcome = connect(server, client("hostname-verification-algorithm", "NONE"), "localhost");

        assertThat(outcome.isConnected()).as("%s", outcome).isTrue();
    }

    @Test
    void connectToAStrangersCertificateFailsUnlessEverybodyIsTrusted() throws Exception {
        TestChain stranger = TestAuthority.create("stranger").issue("elsewhere.example");
        ReloadableContext server =
                NamedContexts.web("key-store.pem.0.cert", stranger.pem(), "key-store.pem.0.key", stranger.keyPem());

        assertThat(connect(server, client(), "localhost").isConnected()).isFalse();
        assertThat(connect(server, NamedContexts.web("trust-all", "true"), "localhost")
                        .isConnected())
                .isTrue();
    }

    @Test
    void serverSocketShowsWhatIsConfigured() throws Exception {
        ReloadableContext server = server("client-auth", "want", "protocols", "TLSv1.3");

        try (SSLServerSocket socket =
                (SSLServerSocket) server.serverSocketFactory().createServerSocket(0)) {
            assertThat(socket.getWantClientAuth()).isTrue();
            assertThat(socket.getNeedClientAuth()).isFalse();
            assertThat(socket.getEnabledProtocols()).containsExactly("TLSv1.3");
            assertThat(socket.getSSLParameters().getEndpointIdentificationAlgorithm())
                    .isNull();
        }
    }

    private interface Change {
        void on(SSLServerSocket socket);
    }

    static Stream<Arguments> changesByCode() {
        return Stream.of(
                change("protocols", socket -> socket.setEnabledProtocols(new String[] {"TLSv1.2"})),
                change("protocols among all parameters", socket -> {
                    SSLParameters parameters = socket.getSSLParameters();
                    parameters.setProtocols(new String[] {"TLSv1.2"});
                    socket.setSSLParameters(parameters);
                }),
                change("protocols alone", socket -> {
                    socket.setNeedClientAuth(true);
                    SSLParameters parameters = new SSLParameters();
                    parameters.setProtocols(new String[] {"TLSv1.2"});
                    socket.setSSLParameters(parameters);
                }));
    }

    private static Arguments change(String what, Change change) {
        return Arguments.of(what, change);
    }

    /** Only what code has set is kept. Names and client authentication are those of the newest load. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("changesByCode")
    void serverSocketWithParametersOfItsOwnFollowsReloads(String what, Change change) throws Exception {
        TestChain before = AUTHORITY.issue("elsewhere.example");
        Map<String, String> properties = new HashMap<>(NamedContexts.properties(
                "key-store.pem.0.cert", before.pem(),
                "key-store.pem.0.key", before.keyPem(),
                "key-store.sni", "true",
                "key-store.sni-unmatched", "refuse",
                "trust-store.pem.certs", AUTHORITY.pem()));
        ReloadableContext server = NamedContexts.live(properties);
        try (Loopback loopback = new Loopback(server.serverSocketFactory())) {
            SSLServerSocket socket = (SSLServerSocket) loopback.serverSocket();
            change.on(socket);
            assertThat(loopback.connect(client().socketFactory(), "localhost").isConnected())
                    .as("refused by name")
                    .isFalse();

            properties.putAll(NamedContexts.properties(
                    "key-store.pem.0.cert", LOCALHOST.pem(),
                    "key-store.pem.0.key", LOCALHOST.keyPem(),
                    "client-auth", "need"));
            server.reload();

            Loopback.Outcome with =
                    loopback.connect(clientWithKey(AUTHORITY.issue("device")).socketFactory(), "localhost");
            assertThat(with.isConnected()).as("%s", with).isTrue();
            assertThat(with.serverSession().getProtocol()).isEqualTo("TLSv1.2");
            assertThat(socket.getNeedClientAuth()).isTrue();
            assertThat(loopback.connect(client().socketFactory(), "localhost").isConnected())
                    .as("without a certificate")
                    .isFalse();
        }
    }

    @Test
    void lastClientAuthThatCodeSetsIsKept() throws Exception {
        ReloadableContext server = server("client-auth", "need");
        try (SSLServerSocket socket =
                (SSLServerSocket) server.serverSocketFactory().createServerSocket(0)) {
            socket.setNeedClientAuth(true);
            socket.setWantClientAuth(true);
            assertThat(socket.getNeedClientAuth()).isFalse();
            assertThat(socket.getWantClientAuth()).isTrue();
            socket.setNeedClientAuth(false);
            assertThat(socket.getWantClientAuth()).isFalse();

            server.reload();

            assertThat(socket.getNeedClientAuth()).isFalse();
            socket.setEnabledCipherSuites(new String[] {"TLS_AES_128_GCM_SHA256"});
            assertThat(socket.getEnabledCipherSuites()).containsExactly("TLS_AES_128_GCM_SHA256");
        }
    }

    @Test
    void serverSocketTakesParametersOfItsOwn() throws Exception {
        try (Loopback loopback = new Loopback(server().serverSocketFactory())) {
            SSLServerSocket socket = (SSLServerSocket) loopback.serverSocket();
            socket.setEnabledProtocols(new String[] {"TLSv1.2"});
            socket.setNeedClientAuth(true);

            Loopback.Outcome with =
                    loopback.connect(clientWithKey(AUTHORITY.issue("device")).socketFactory(), "localhost");
            Loopback.Outcome without = loopback.connect(client().socketFactory(), "localhost");

            assertThat(with.serverSession().getProtocol()).isEqualTo("TLSv1.2");
            assertThat(with.serverSession().getPeerPrincipal()).hasToString("CN=device");
            assertThat(without.isConnected()).isFalse();
        }
    }
}
