package io.sluice.internal.context;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.context.SslSide;
import io.sluice.context.callback.CertificateRequest;
import io.sluice.context.callback.ClientHello;
import io.sluice.context.callback.KeyChoice;
import io.sluice.context.callback.PeerCertificates;
import io.sluice.internal.config.ConfiguredContexts;
import io.sluice.internal.config.SluiceConfiguration;
import io.sluice.internal.config.TestConfig;
import io.sluice.internal.context.handshake.ContextCallbacks;
import io.sluice.internal.context.handshake.ContextCallbacks.LazyCallback;
import io.sluice.internal.settings.ContextName;
import io.sluice.testing.TestAuthority;
import io.sluice.testing.TestChain;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Callbacks are called for the JSSE sockets of a context as for its engines. */
class CallbackSocketsTest {

    private static final TestAuthority AUTHORITY = TestAuthority.create("authority");
    private static final TestAuthority STRANGER = TestAuthority.create("stranger");
    private static final TestChain FIRST = AUTHORITY.issue("first.example", "localhost");
    private static final TestChain SECOND = AUTHORITY.issue("second.example", "localhost");

    private final List<Object> asked = new CopyOnWriteArrayList<>();

    private static ReloadableContext context(String protocol, String trust, ContextCallbacks callbacks) {
        Map<String, String> properties = NamedContexts.properties(
                "key-store.pem.order",
                "first,second",
                "key-store.pem.first.cert",
                FIRST.pem(),
                "key-store.pem.first.key",
                FIRST.keyPem(),
                "key-store.pem.second.cert",
                SECOND.pem(),
                "key-store.pem.second.key",
                SECOND.keyPem(),
                "trust-store.pem.certs",
                trust,
                "client-auth",
                "need",
                "protocols",
                protocol);
        return new ReloadableContext(
                new ContextName("web"),
                ConfiguredContexts.source(SluiceConfiguration.of(TestConfig.of(properties)), "web", callbacks));
    }

    private static <C> Optional<LazyCallback<C>> callback(C given) {
        return Optional.of(new LazyCallback<>(() -> "the test's callback", () -> given));
    }

    private ContextCallbacks ofServer() {
        return new ContextCallbacks(
                Optional.empty(),
                Optional.empty(),
                callback(hello -> {
                    asked.add(hello);
                    return KeyChoice.alias("second");
                }),
                Optional.empty(),
                ContextCallbacks.NONE.contexts());
    }

    private ContextCallbacks ofClient() {
        return new ContextCallbacks(
                Optional.empty(),
                callback(peer -> {
                    asked.add(peer);
                    return true;
                }),
                Optional.empty(),
                callback(request -> {
                    asked.add(request);
                    return KeyChoice.alias("second");
                }),
                ContextCallbacks.NONE.contexts());
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void socketsOfTheContextAskTheCallbacks(String protocol) throws Exception {
        ReloadableContext server = context(protocol, AUTHORITY.pem(), ofServer());
        ReloadableContext client = context(protocol, STRANGER.pem(), ofClient());
        try (Loopback loopback = new Loopback(server.serverSocketFactory())) {
            Loopback.Outcome outcome = loopback.connect(client.socketFactory(), "localhost");

            assertThat(outcome.isConnected()).as(outcome.toString()).isTrue();
            assertThat(subject(outcome.clientSession().getPeerCertificates())).isEqualTo("CN=second.example");
            assertThat(subject(outcome.serverSession().getPeerCertificates())).isEqualTo("CN=second.example");
        }
        assertThat(asked).hasSize(3);
        assertThat(asked).hasAtLeastOneElementOfType(ClientHello.class);
        assertThat(asked)
                .filteredOn(PeerCertificates.class::isInstance)
                .singleElement()
                .satisfies(question -> {
                    PeerCertificates peer = (PeerCertificates) question;
                    assertThat(peer.side()).isEqualTo(SslSide.CLIENT);
                    assertThat(peer.host()).contains("localhost");
                    assertThat(peer.objection()).isPresent();
                });
        assertThat(asked)
                .filteredOn(CertificateRequest.class::isInstance)
                .singleElement()
                .satisfies(question -> {
                    assertThat(((CertificateRequest) question).peer()).contains("localhost");
                });
    }

    private static String subject(java.security.cert.Certificate[] chain) {
        return ((X509Certificate) chain[0]).getSubjectX500Principal().toString();
    }
}
