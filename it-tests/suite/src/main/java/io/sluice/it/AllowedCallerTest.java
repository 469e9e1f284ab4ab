package io.sluice.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sluice.context.AllowedCaller;
import io.sluice.context.SslContext;
import io.sluice.context.SslContextSpecifier;
import io.sluice.context.callback.PeerCertificates;
import io.sluice.context.callback.VerifyCallback;
import io.sluice.it.support.Application;
import io.sluice.it.support.ClientServerConfiguration;
import io.sluice.it.support.DeploymentMessages;
import io.sluice.it.support.HandshakePair;
import io.sluice.it.support.PeerBehaviour;
import io.sluice.it.support.SessionTimes;
import io.sluice.it.support.TestEngine;
import io.sluice.stream.Initarg;
import io.sluice.stream.SocketStream;
import io.sluice.stream.SocketStreamConnector;
import io.sluice.stream.SocketStreamCreator;
import io.sluice.stream.SocketStreamException;
import io.sluice.stream.SocketStreamException.Kind;
import io.sluice.stream.TlsSession;
import io.sluice.testing.CertificateProfile;
import io.sluice.testing.TestAuthority;
import io.sluice.testing.TestChain;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rules about the names in the certificates of clients. */
@Tag("tls")
class AllowedCallerTest {

    private static final TestAuthority AUTHORITY = TestAuthority.create("authority");
    private static final TestChain SERVER = AUTHORITY.issue("localhost");
    private static final TestChain CLIENT = AUTHORITY.issue(CertificateProfile.of("web.client.test")
            .subject("CN=web,OU=Devices,O=Example")
            .uris("spiffe://example.org/ns/shop/sa/web"));
    private static final String ALLOW = "sluice.ssl.web.client-auth.allow.";

    private final ClientServerConfiguration contexts = new ClientServerConfiguration(AUTHORITY, SERVER, CLIENT);

    private void allow(String protocol, String key, String pattern) {
        contexts.set("web.protocols", protocol);
        contexts.set("web.client-auth", "need");
        contexts.set("web.client-auth.allow." + key, pattern);
    }

    private Application start(Class<?>... beans) {
        return Application.configured().with(contexts.properties()).beans(beans).start();
    }

    private static HandshakePair meet(Application application, Initarg... ofServer) throws Exception {
        return HandshakePair.of(application, "web", List.of(ofServer), "peer", List.of());
    }

    private static TlsSession session(HandshakePair meeting) throws IOException {
        return meeting.server().orElseThrow().tls().orElseThrow();
    }

    @ParameterizedTest
    @CsvSource({
        "TLSv1.3, subject, 'CN=web,OU=Devices,O=Example', 'CN=web,OU=Devices,O=Example'",
        "TLSv1.3, uri, spiffe://example.org/ns/*/sa/web, spiffe://example.org/ns/shop/sa/web",
        "TLSv1.2, dns, *.client.test, web.client.test",
        "TLSv1.2, ou, devices, Devices",
    })
    void admittedCallerIsKnown(String protocol, String key, String pattern, String name) throws Exception {
        allow(protocol, key, pattern);
        contexts.set("web.client-auth.allow.cn", "somebody-else");
        try (Application application = start();
                HandshakePair meeting = meet(application)) {
            assertThat(session(meeting).caller()).contains(new AllowedCaller(name, ALLOW + key, pattern));
            assertThat(meeting.client().orElseThrow().tls().orElseThrow().caller())
                    .isEmpty();
        }
    }

    @Test
    void withoutRulesThereIsNoCaller() throws Exception {
        contexts.set("web.client-auth", "need");
        try (Application application = start();
                HandshakePair meeting = meet(application)) {
            assertThat(session(meeting).caller()).isEmpty();
        }
    }

    /** In TLS 1.3 the client's handshake is complete before the server has seen its certificate. */
    private static void assertRefused(HandshakePair meeting, String alert) {
        Optional<SocketStreamException> atOnce = meeting.client().findCondition();
        SocketStreamException seen = atOnce.orElseGet(() -> catchThrowableOfType(
                SocketStreamException.class,
                () -> meeting.client().orElseThrow().input().read()));
        assertThat(seen.kind()).isEqualTo(Kind.REJECTED_BY_PEER);
        assertThat(seen).hasMessageContaining(alert);
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void otherClientsAreRefusedInTheHandshake(String protocol) throws Exception {
        allow(protocol, "dns", "*.other.test");
        try (Application application = start();
                HandshakePair meeting = meet(application)) {
            SocketStreamException condition = meeting.server().findCondition().orElseThrow();
            assertThat(condition.kind()).isEqualTo(Kind.CERTIFICATE_NOT_ALLOWED);
            assertThat(condition) // JDK 25 names the alert.
                    .hasMessageMatching(
                            "\\Qcontext 'web', peer \\E.*\\Q: handshake: TLS failed: \\E(\\(certificate_unknown\\) )?\\Qno rule of"
                                    + " sluice.ssl.web.client-auth.allow admits the certificate of 'CN=web,OU=Devices,O=Example'"
                                    + " (dns 'web.client.test', uri 'spiffe://example.org/ns/shop/sa/web')."
                                    + " If this client may connect, add one of its names to the rules\\E");
            assertThat(meeting.accepted().isClosed()).isTrue();
            assertRefused(meeting, "certificate_unknown (46)");
        }
    }

    /** The names count only if the authority is trusted. */
    @Test
    void nameOfAnotherAuthorityIsRefused() throws Exception {
        allow("TLSv1.3", "dns", "*.client.test");
        contexts.keys("peer", TestAuthority.create("another").issue("web.client.test"));
        try (Application application = start();
                HandshakePair meeting = meet(application)) {
            assertThat(meeting.server().findCondition().orElseThrow().kind())
                    .isNotEqualTo(Kind.CERTIFICATE_NOT_ALLOWED);
        }
    }

    /** Not to require a certificate is a decision of the code, but the rules remain. */
    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void clientWithoutACertificateIsRefusedEvenIfTheEngineRequiresNone(String protocol) throws Exception {
        allow(protocol, "dns", "*.client.test");
        contexts.remove("peer.key-store.");
        for (Consumer<SSLEngine> weakened : List.<Consumer<SSLEngine>>of(
                engine -> engine.setNeedClientAuth(false), engine -> engine.setWantClientAuth(true))) {
            try (Application application = start();
                    HandshakePair meeting = meet(application, Initarg.engineConfigurer(weakened))) {
                SocketStreamException condition =
                        meeting.server().findCondition().orElseThrow();
                assertThat(condition.kind()).isEqualTo(Kind.CERTIFICATE_NOT_ALLOWED);
                assertThat(condition)
                        .hasMessageContaining("handshake: the client sent no certificate, so no rule of"
                                + " sluice.ssl.web.client-auth.allow admits it. If this client");
                assertRefused(meeting, TestEngine.isJsse() ? "unexpected_message (10)" : "bad_record_mac (20)");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void callerOfAResumedSessionIsKnown(String protocol) throws Exception {
        allow(protocol, "dns", "*.client.test");
        try (Application application = start()) {
            Visits visits = new Visits(application);
            TlsSession first = visits.next();
            SessionTimes.pass(first);
            TlsSession second = visits.next();
            SessionTimes.assertResumed(second, first);
            assertThat(second.caller()).isPresent().isEqualTo(first.caller());
        }
    }

    /** Connections of one client to one port, so that it resumes its session. */
    private record Visits(Application application, ServerSocket listening) {

        Visits(Application application) throws IOException {
            this(application, new ServerSocket(0, 5, InetAddress.getLoopbackAddress()));
        }

        TlsSession next() throws Exception {
            Future<TlsSession> served = PeerBehaviour.THREADS.submit(() -> {
                try (SocketStream stream = select(application, SocketStreamCreator.class, "web")
                        .create(listening.accept(), SocketStream.class)
                        .orElseThrow()) {
                    stream.output().write(stream.input().read());
                    return stream.tls().orElseThrow();
                }
            });
            try (SocketStream stream = select(application, SocketStreamConnector.class, "peer")
                    .open("127.0.0.1", listening.getLocalPort(), SocketStream.class)
                    .orElseThrow()) {
                stream.output().write('x');
                assertThat(stream.input().read()).isEqualTo('x');
                return served.get(20, TimeUnit.SECONDS);
            }
        }
    }

    private static <T> T select(Application application, Class<T> type, String context) {
        return application
                .container()
                .select(type, SslContext.Literal.of(context))
                .get();
    }

    @ParameterizedTest
    @ValueSource(strings = {"web.client.test", "other.test"})
    void engineOfAnInjectedContextFollowsTheRules(String pattern) throws Exception {
        allow("TLSv1.3", "dns", pattern);
        try (Application application = start()) {
            SSLEngine engine = select(application, SSLContext.class, "web").createSSLEngine();
            engine.setUseClientMode(false);
            try (HandshakePair meeting = meet(application, Initarg.sslContext(SslContextSpecifier.of(engine)))) {
                if (pattern.equals("other.test")) {
                    assertThat(meeting.server().findCondition().orElseThrow().kind())
                            .isEqualTo(Kind.CERTIFICATE_NOT_ALLOWED);
                } else {
                    assertThat(session(meeting).caller())
                            .map(AllowedCaller::name)
                            .contains("web.client.test");
                }
            }
        }
    }

    /** Sockets without a stream follow the rules too. */
    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void serverSocketOfAnInjectedFactoryFollowsTheRules(String protocol) throws Exception {
        allow(protocol, "dns", "*.other.test");
        try (Application application = start();
                SSLServerSocket listening = (SSLServerSocket) select(application, SSLServerSocketFactory.class, "web")
                        .createServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Future<?> served = PeerBehaviour.THREADS.submit(() -> {
                try (SSLSocket socket = (SSLSocket) listening.accept()) {
                    socket.startHandshake();
                    return null;
                }
            });
            select(application, SocketStreamConnector.class, "peer")
                    .open("127.0.0.1", listening.getLocalPort(), SocketStream.class)
                    .findStream()
                    .ifPresent(SocketStream::close);
            assertThatThrownBy(() -> served.get(20, TimeUnit.SECONDS))
                    .hasMessageContaining("no rule of sluice.ssl.web.client-auth.allow admits the certificate of");
        }
    }

    @ApplicationScoped
    @SslContext("web")
    static class TrustingCallback implements VerifyCallback {
        @Override
        public boolean accepts(PeerCertificates peer) {
            return true;
        }
    }

    @ParameterizedTest
    @CsvSource({"*.client.test, ", "*.other.test, CERTIFICATE_NOT_ALLOWED"})
    void callbackAndRulesMustBothAccept(String pattern, Kind refused) throws Exception {
        allow("TLSv1.3", "dns", pattern);
        try (Application application = start(TrustingCallback.class);
                HandshakePair meeting = meet(application)) {
            assertThat(meeting.server().findCondition().map(SocketStreamException::kind))
                    .isEqualTo(Optional.ofNullable(refused));
        }
    }

    @ApplicationScoped
    static class OwnContext {
        @Produces
        @SslContext("web")
        SSLContext own() throws NoSuchAlgorithmException {
            return SSLContext.getDefault();
        }
    }

    @Test
    void rulesForTheApplicationsOwnContextAreAProblem() {
        contexts.remove("web.");
        allow("TLSv1.3", "dns", "*.client.test");

        assertThatThrownBy(() -> start(OwnContext.class).close())
                .satisfies(
                        thrown -> assertThat(DeploymentMessages.by(thrown))
                                .contains(ALLOW + "dns")
                                .contains(
                                        "the application decides whom this context trusts, so Sluice cannot enforce the rule."
                                                + " Let the context's own trust manager check the names, or configure keys and trust here."));
    }

    @Test
    void rulesThatKeepNobodyOutStopTheDeployment() {
        allow("TLSv1.3", "dns", "*.client.test");
        contexts.set("web.client-auth", "want");

        assertThatThrownBy(() -> start().close())
                .hasStackTraceContaining("a client needs no certificate, because sluice.ssl.web.client-auth is want");
    }
}
