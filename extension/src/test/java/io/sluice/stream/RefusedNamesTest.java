package io.sluice.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.context.SslSide;
import io.sluice.context.callback.ClientHelloCallback;
import io.sluice.context.callback.KeyChoice;
import io.sluice.internal.config.ConfiguredContexts;
import io.sluice.internal.config.SluiceConfiguration;
import io.sluice.internal.config.TestConfig;
import io.sluice.internal.context.CountingTrust;
import io.sluice.internal.context.ReloadableContext;
import io.sluice.internal.context.handshake.ContextCallbacks;
import io.sluice.internal.context.handshake.ContextCallbacks.LazyCallback;
import io.sluice.internal.settings.ContextName;
import io.sluice.stream.SocketStreamException.Kind;
import io.sluice.testing.SocketPair;
import io.sluice.testing.TestAuthority;
import io.sluice.testing.TestCertificate;
import io.sluice.testing.TestChain;
import io.sluice.testing.internal.SocketKind;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.Socket;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A context refuses the clients that ask for a name that no certificate has, or for none. */
@Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
class RefusedNamesTest {
    private static final TestAuthority AUTHORITY = TestAuthority.create("authority");
    private static final TestChain ONE = AUTHORITY.issue("one.test");
    private static final TestChain MANY = AUTHORITY.issue("*.many.test");
    private static final String W = "sluice.ssl.web.";
    private static final String UNRECOGNIZED = "unrecognized_name";
    private static final String FAILURE = "handshake_failure";

    private static final Map<String, String> KEYS = Map.of(
            W + "key-store.pem.0.cert", ONE.pem(),
            W + "key-store.pem.0.key", ONE.keyPem(),
            W + "key-store.pem.1.cert", MANY.pem(),
            W + "key-store.pem.1.key", MANY.keyPem());

    private static ReloadableContext context(ContextCallbacks callbacks, String... more) {
        return context(KEYS, callbacks, more);
    }

    private static ReloadableContext context(Map<String, String> keys, ContextCallbacks callbacks, String... more) {
        Map<String, String> properties = new HashMap<>(keys);
        properties.put(W + "key-store.sni", "true");
        for (int i = 0; i < more.length; i += 2) {
            properties.put(W + more[i], more[i + 1]);
        }
        return new ReloadableContext(
                new ContextName("web"),
                ConfiguredContexts.source(SluiceConfiguration.of(TestConfig.of(properties)), "web", callbacks));
    }

    /** The name of the certificate that a client was shown, or the alert that it received. */
    private static String shown(SSLContext clients, Socket socket, String name) throws IOException {
        SSLSocketFactory factory = clients.getSocketFactory();
        try (SSLSocket client = (SSLSocket) factory.createSocket(socket, "peer", 1, true)) {
            client.setSoTimeout(30_000);
            SSLParameters parameters = client.getSSLParameters();
            parameters.setServerNames(name == null ? List.of() : List.of(new SNIHostName(name)));
            client.setSSLParameters(parameters);
            client.startHandshake();
            SSLSession session = client.getSession();
            client.getInputStream().read();
            return session.getPeerPrincipal().getName();
        } catch (IOException e) {
            return e.getMessage().replaceAll(".*(unrecognized_name|handshake_failure).*", "$1");
        }
    }

    private record Outcome(String client, Optional<SocketStreamException> server) {
        static Outcome of(ReloadableContext context, String name) throws Exception {
            try (SocketPair sockets = SocketKind.SOCKET.pair()) {
                FutureTask<Optional<SocketStreamException>> served = new FutureTask<>(() -> serve(sockets, context));
                Thread thread = new Thread(served, "server");
                thread.setDaemon(true);
                thread.start();
                String shown = shown(AUTHORITY.trustingContext(), sockets.far(), name);
                return new Outcome(shown, served.get(30, TimeUnit.SECONDS));
            }
        }

        private static Optional<SocketStreamException> serve(SocketPair sockets, ReloadableContext context)
                throws IOException {
            try (SocketStream stream = TestStreams.open(sockets.near(), context, SslSide.SERVER)) {
                stream.output().write(7);
                stream.output().flush();
                return Optional.empty();
            } catch (SocketStreamException e) {
                return Optional.of(e);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "first, first, one.test, CN=one.test",
        "first, first, A.many.test, CN=*.many.test",
        "first, first, other.test, CN=one.test",
        "first, first, , CN=one.test",
        "refuse, first, one.test, CN=one.test",
        "refuse, first, a.MANY.test, CN=*.many.test",
        "refuse, first, other.test, unrecognized_name",
        "refuse, first, a.b.many.test, unrecognized_name",
        "refuse, first, , CN=one.test",
        "first, refuse, one.test, CN=one.test",
        "first, refuse, other.test, CN=one.test",
        "first, refuse, , handshake_failure",
        "refuse, refuse, a.many.test, CN=*.many.test",
        "refuse, refuse, other.test, unrecognized_name",
        "refuse, refuse, , handshake_failure",
    })
    void policyDecidesAboutUnknownNames(String unmatched, String missing, String name, String expected)
            throws Exception {
        for (String protocol : List.of("TLSv1.3", "TLSv1.2")) {
            ReloadableContext context = context(
                    ContextCallbacks.NONE,
                    "key-store.sni-unmatched",
                    unmatched,
                    "key-store.sni-missing",
                    missing,
                    "protocols",
                    protocol);
            Outcome outcome = Outcome.of(context, name);

            assertThat(outcome.client()).as(protocol).isEqualTo(expected);
            assertThat(outcome.server().map(SocketStreamException::kind))
                    .as(protocol)
                    .isEqualTo(expected.startsWith("CN=") ? Optional.empty() : Optional.of(Kind.SERVER_NAME_REFUSED));
            try (SSLServerSocket server = listen(context)) {
                assertThat(shown(server, AUTHORITY.trustingContext(), name))
                        .as(protocol)
                        .isEqualTo(expected);
            }
        }
    }

    private static SSLServerSocket listen(ReloadableContext context) throws IOException {
        return (SSLServerSocket)
                context.serverSocketFactory().createServerSocket(0, 1, InetAddress.getLoopbackAddress());
    }

    private static String shown(SSLServerSocket server, SSLContext clients, String name) throws Exception {
        FutureTask<Void> served = new FutureTask<>(() -> {
            try (Socket accepted = server.accept()) {
                accepted.getOutputStream().write(7);
            } catch (IOException e) {
                // The client tells.
            }
            return null;
        });
        Thread thread = new Thread(served, "server");
        thread.setDaemon(true);
        thread.start();
        String shown = shown(clients, new Socket(server.getInetAddress(), server.getLocalPort()), name);
        served.get(30, TimeUnit.SECONDS);
        return shown;
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void conditionSaysWhyAndWhatToDo(String protocol) throws Exception {
        ReloadableContext context = context(
                ContextCallbacks.NONE,
                "key-store.sni-unmatched",
                "refuse",
                "key-store.sni-missing",
                "refuse",
                "protocols",
                protocol);

        assertThat(Outcome.of(context, null).server().orElseThrow())
                .hasMessageMatching(
                        "context 'web', peer \\S+: handshake: the client sent no server name \\(SNI\\), and "
                                + "sluice\\.ssl\\.web\\.key-store\\.sni-missing is refuse\\. Correct the name that the client"
                                + " sends, or add a certificate with that name to the context");
        assertThat(Outcome.of(context, "other.test").server().orElseThrow())
                .hasMessageMatching("context 'web', peer \\S+: handshake: .*Unrecognized server name indication\\."
                        + " Correct the name that the client sends, or add a certificate with that name to the"
                        + " context");
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void sessionsAreResumedDespiteTheCheckOfNames(String protocol) throws Exception {
        ReloadableContext context =
                context(ContextCallbacks.NONE, "key-store.sni-unmatched", "refuse", "protocols", protocol);
        CountingTrust trust = new CountingTrust();
        SSLContext clients = trust.context();

        try (SSLServerSocket server = listen(context)) {
            for (int i = 0; i < 2; i++) {
                assertThat(shown(server, clients, "one.test")).isEqualTo("CN=one.test");
                assertThat(trust.fullHandshakes()).isEqualTo(1);
            }
        }
    }

    /** A callback may have a key for a name that no certificate of the context has. */
    @Test
    void callbackIsAskedBeforeANameIsRefused() throws Exception {
        ClientHelloCallback bean =
                hello -> hello.serverName().filter("special.test"::equals).isPresent()
                        ? KeyChoice.alias("1")
                        : KeyChoice.ordinary();
        ContextCallbacks callbacks = new ContextCallbacks(
                Optional.empty(),
                Optional.empty(),
                Optional.of(new LazyCallback<>(() -> "the test's callback", () -> bean)),
                Optional.empty(),
                ContextCallbacks.NONE.contexts());
        ReloadableContext context = context(callbacks, "key-store.sni-unmatched", "refuse");

        assertThat(Outcome.of(context, "special.test").client()).isEqualTo("CN=*.many.test");
        Outcome refused = Outcome.of(context, "other.test");
        assertThat(refused.client()).isEqualTo(FAILURE).isNotEqualTo(UNRECOGNIZED);
        assertThat(refused.server().orElseThrow())
                .hasMessageContaining("the client sent the server name 'other.test', which no certificate has, and"
                        + " sluice.ssl.web.key-store.sni-unmatched is refuse");
    }

    @Test
    void refusalOfEveryNameIsAProblem() throws Exception {
        KeyPair keys = KeyPairGenerator.getInstance("EC").generateKeyPair();
        X500Principal subject = new X500Principal("CN=one.test");
        Instant now = Instant.now();
        X509Certificate nameless = new JcaX509CertificateConverter()
                .getCertificate(new JcaX509v3CertificateBuilder(
                                subject,
                                BigInteger.ONE,
                                Date.from(now.minusSeconds(60)),
                                Date.from(now.plusSeconds(3600)),
                                subject,
                                keys.getPublic())
                        .build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate())));
        TestCertificate certificate = new TestCertificate(keys.getPrivate(), nameless);
        ReloadableContext context = context(
                Map.of(
                        W + "key-store.pem.0.cert", certificate.certificatePem(),
                        W + "key-store.pem.0.key", certificate.keyPem()),
                ContextCallbacks.NONE,
                "key-store.sni-unmatched",
                "refuse");

        assertThatThrownBy(context::load)
                .hasMessageContaining("sluice.ssl.web.key-store.sni-unmatched (from " + TestConfig.SOURCE
                        + "): no certificate of the context has a DNS name, so every name that a client sends is"
                        + " refused. Use a certificate with subject alternative names, or remove this property.");
    }
}
