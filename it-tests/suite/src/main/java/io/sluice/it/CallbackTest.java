package io.sluice.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.context.SslContext;
import io.sluice.context.SslSide;
import io.sluice.context.callback.CertificateRequest;
import io.sluice.context.callback.CertificateRequestCallback;
import io.sluice.context.callback.ClientHello;
import io.sluice.context.callback.ClientHelloCallback;
import io.sluice.context.callback.KeyChoice;
import io.sluice.context.callback.PasswordCallback;
import io.sluice.context.callback.PasswordRequest;
import io.sluice.context.callback.PeerCertificates;
import io.sluice.context.callback.PeerVerdict.Result;
import io.sluice.context.callback.VerifyCallback;
import io.sluice.it.support.Application;
import io.sluice.it.support.DeploymentMessages;
import io.sluice.it.support.HandshakePair;
import io.sluice.server.SocketEndpoint;
import io.sluice.server.SocketServers;
import io.sluice.stream.Initarg;
import io.sluice.stream.SocketStream;
import io.sluice.stream.SocketStreamException;
import io.sluice.stream.SocketStreamException.Kind;
import io.sluice.testing.TestAuthority;
import io.sluice.testing.TestChain;
import io.sluice.testing.internal.EncryptedKeys;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.spi.DeploymentException;
import java.security.cert.CertificateException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Callbacks of a context: they supply passwords, verify the certificates of peers, and choose keys. */
@Tag("tls")
class CallbackTest {

    private static final TestAuthority AUTHORITY = TestAuthority.create("authority");
    private static final TestAuthority STRANGER = TestAuthority.create("stranger");
    private static final TestChain FIRST = AUTHORITY.issue("first.example");
    private static final TestChain SECOND = AUTHORITY.issue("second.example");
    private static final TestChain OTHER = AUTHORITY.issue("other.example");

    private static final AtomicInteger LOOKED_UP = new AtomicInteger();
    private static final AtomicInteger RELEASED = new AtomicInteger();
    private static final List<Object> ASKED = new CopyOnWriteArrayList<>();

    private static Function<PasswordRequest, char[]> password;
    private static Verdict verdict;
    private static Function<ClientHello, KeyChoice> onHello;
    private static Function<CertificateRequest, KeyChoice> onRequest;

    interface Verdict {
        boolean of(PeerCertificates peer) throws CertificateException;
    }

    @Dependent
    @SslContext("web")
    static class Passwords implements PasswordCallback {

        Passwords() {
            LOOKED_UP.incrementAndGet();
        }

        @Override
        public char[] password(PasswordRequest request) {
            ASKED.add(request);
            return password.apply(request);
        }

        @PreDestroy
        void release() {
            RELEASED.incrementAndGet();
        }
    }

    @ApplicationScoped
    @SslContext("peer")
    static class Verifying implements VerifyCallback {
        @Override
        public boolean accepts(PeerCertificates peer) throws CertificateException {
            ASKED.add(peer);
            return verdict.of(peer);
        }
    }

    @ApplicationScoped
    @SslContext("web")
    static class Hellos implements ClientHelloCallback {
        @Override
        public KeyChoice choose(ClientHello hello) {
            ASKED.add(hello);
            return onHello.apply(hello);
        }
    }

    @ApplicationScoped
    @SslContext("peer")
    static class Requests implements CertificateRequestCallback {
        @Override
        public KeyChoice choose(CertificateRequest request) {
            ASKED.add(request);
            return onRequest.apply(request);
        }
    }

    @ApplicationScoped
    static class Serving {
        @SocketEndpoint(value = "web", port = 0, address = "127.0.0.1")
        void serve(SocketStream stream) {
            throw new IllegalStateException("nobody connects");
        }
    }

    /** A callback of each kind for each context. Those above are then the second ones. */
    @Dependent
    static class Further {
        @Produces
        @SslContext("web")
        PasswordCallback passwords() {
            return request -> new char[0];
        }

        @Produces
        @SslContext("peer")
        VerifyCallback verifying() {
            return peer -> true;
        }

        @Produces
        @SslContext("web")
        ClientHelloCallback hellos() {
            return hello -> KeyChoice.ordinary();
        }

        @Produces
        @SslContext("peer")
        CertificateRequestCallback requests() {
            return request -> KeyChoice.ordinary();
        }
    }

    /** Beans that the container cannot create. */
    @ApplicationScoped
    @SslContext("web")
    static class Unmakeable implements ClientHelloCallback {

        @PostConstruct
        void begin() {
            throw new IllegalStateException("no table to read");
        }

        @Override
        public KeyChoice choose(ClientHello hello) {
            return KeyChoice.ordinary();
        }
    }

    @Dependent
    static class OwnContextWithCallback {
        @Produces
        @SslContext("web")
        SSLContext own() {
            return FIRST.leaf().context();
        }
    }

    private final Map<String, String> properties = new LinkedHashMap<>();

    @BeforeEach
    void reset() {
        LOOKED_UP.set(0);
        RELEASED.set(0);
        ASKED.clear();
        keys("web", Map.of("first", FIRST, "second", SECOND));
        keys("other", Map.of("only", OTHER));
        keys("peer", Map.of("first", FIRST, "second", SECOND));
        set("web.key-store.pem.order", "first,second");
        set("peer.key-store.pem.order", "first,second");
        set("web.trust-store.pem.certs", AUTHORITY.pem());
        set("peer.trust-store.pem.certs", AUTHORITY.pem());
    }

    private void set(String key, String value) {
        properties.put("sluice.ssl." + key, value);
    }

    private void keys(String context, Map<String, TestChain> chains) {
        chains.forEach((name, chain) -> {
            set(context + ".key-store.pem." + name + ".cert", chain.pem());
            set(context + ".key-store.pem." + name + ".key", chain.keyPem());
        });
    }

    private Application application(Class<?>... beans) {
        return Application.configured().with(properties).beans(beans).start();
    }

    private static HandshakePair meet(Application application, Initarg... initargs) throws Exception {
        return HandshakePair.of(application, "web", "peer", initargs);
    }

    private static String shownBy(SocketStream stream) {
        return stream.tls().orElseThrow().peerPrincipal().orElseThrow().getName();
    }

    private void encryptFirstKey() {
        set("web.key-store.pem.first.key", EncryptedKeys.pkcs8(FIRST.leaf().key(), "opensesame"));
    }

    @Test
    void passwordIsAskedForAtTheFirstUseAndWiped() throws Exception {
        encryptFirstKey();
        List<char[]> given = new ArrayList<>();
        password = request -> {
            char[] secret = "opensesame".toCharArray();
            given.add(secret);
            return secret;
        };
        try (Application application = application(Passwords.class)) {
            assertThat(LOOKED_UP).as("at deployment").hasValue(0);
            for (int i = 0; i < 2; i++) {
                try (HandshakePair meeting = meet(application)) {
                    assertThat(shownBy(meeting.client().orElseThrow())).isEqualTo("CN=first.example");
                }
            }
            assertThat(ASKED)
                    .containsExactly(new PasswordRequest(
                            "web", "sluice.ssl.web.key-store.pem.first.password", Optional.of("first")));
            assertThat(given).allSatisfy(secret -> assertThat(secret).containsOnly('\0'));
            assertThat(LOOKED_UP).hasValue(1);
            assertThat(RELEASED).as("while in use").hasValue(0);
        }
        assertThat(RELEASED).as("at the end").hasValue(1);
    }

    @Test
    void passwordThatDoesNotOpenTheKeyNamesTheBean() throws Exception {
        encryptFirstKey();
        password = request -> "wrong".toCharArray();
        try (Application application = application(Passwords.class);
                HandshakePair meeting = meet(application)) {
            assertRefused(
                    meeting,
                    Kind.CONTEXT_UNUSABLE,
                    "context 'web' cannot be loaded: sluice.ssl.web.key-store.pem.first.key (from PropertiesConfigSource[source=the test's properties]):"
                            + " the password of the PasswordCallback bean " + Passwords.class.getName()
                            + " does not open the key that sluice.ssl.web.key-store.pem.first.key names."
                            + " Correct the password that it returns. (peer ");
        }
    }

    @Test
    void passwordCallbackThatThrowsNamesTheBeanAndIsAskedAgain() throws Exception {
        encryptFirstKey();
        password = request -> {
            throw new IllegalStateException("no vault");
        };
        try (Application application = application(Passwords.class)) {
            try (HandshakePair meeting = meet(application)) {
                assertRefused(
                        meeting,
                        Kind.CONTEXT_UNUSABLE,
                        "context 'web' cannot be loaded: the PasswordCallback bean " + Passwords.class.getName()
                                + " failed: no vault (peer ");
            }
            password = request -> "opensesame".toCharArray();
            try (HandshakePair meeting = meet(application)) {
                assertThat(meeting.server().isOpened()).isTrue();
            }
        }
    }

    /** Not during the first connection, whose peer would wait and then fail. */
    @Test
    void contextThatAsksIsLoadedBeforeItsEndpointStarts() {
        encryptFirstKey();
        password = request -> {
            throw new IllegalStateException("no vault");
        };
        assertThatThrownBy(() -> application(Passwords.class, Serving.class).close())
                .hasStackTraceContaining("Sluice could not start its endpoints: ")
                .hasStackTraceContaining("context 'web' cannot be loaded: the PasswordCallback bean "
                        + Passwords.class.getName() + " failed: no vault");

        ASKED.clear();
        password = request -> "opensesame".toCharArray();
        try (Application application = application(Passwords.class, Serving.class)) {
            assertThat(ASKED).as("before any connection").hasSize(1);
            assertThat(application.get(SocketServers.class).named("web")).isPresent();
        }
    }

    private static void assertRefused(HandshakePair meeting, Kind kind, String message) {
        assertThat(meeting.accepted().isClosed()).isTrue();
        assertCondition(meeting.server().findCondition().orElseThrow(), kind, message);
    }

    private static void assertCondition(SocketStreamException condition, Kind kind, String message) {
        assertThat(condition.kind()).as(condition.toString()).isEqualTo(kind);
        assertThat(condition).hasMessageContaining(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void verifyCallbackAcceptsAgainstTheTrustManager(String protocol) throws Exception {
        set("web.protocols", protocol);
        set("peer.trust-store.pem.certs", STRANGER.pem());
        verdict = peer -> peer.chain().get(0).equals(FIRST.leaf().certificate());
        try (Application application = application(Verifying.class);
                HandshakePair meeting = meet(application)) {
            var verification =
                    meeting.client().orElseThrow().tls().orElseThrow().verification();
            assertThat(verification.result()).isEqualTo(Result.ACCEPTED_BY_CALLBACK);
            assertThat(verification.reason())
                    .isEqualTo("the VerifyCallback bean " + Verifying.class.getName()
                            + " accepted it, despite the trust manager's objection: unable to find valid certification path to"
                            + " requested target");
            assertThat(ASKED).singleElement().isInstanceOfSatisfying(PeerCertificates.class, peer -> {
                assertThat(peer.context()).isEqualTo("peer");
                assertThat(peer.side()).isEqualTo(SslSide.CLIENT);
                assertThat(peer.host()).contains("127.0.0.1");
                assertThat(peer.chain().get(0)).isEqualTo(FIRST.leaf().certificate());
                assertThat(peer.objection()).isPresent();
            });
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void verifyCallbackRefusesWhatTheTrustManagerAccepts(String protocol) throws Exception {
        set("web.protocols", protocol);
        String bean = "the VerifyCallback bean " + Verifying.class.getName();
        assertVerification(
                peer -> false,
                Kind.CERTIFICATE_INVALID,
                bean + " rejected the certificate, which the trust" + " manager accepts");
        assertVerification(
                peer -> {
                    throw new CertificateException("not on the list");
                },
                Kind.CERTIFICATE_INVALID,
                bean + " rejected the certificate: not on the list");
        assertVerification(
                peer -> {
                    throw new IllegalStateException("no list");
                },
                Kind.CERTIFICATE_INVALID,
                bean + " failed: no list");
        set("peer.trust-store.pem.certs", STRANGER.pem());
        assertVerification(
                peer -> false,
                Kind.CERTIFICATE_UNKNOWN_ISSUER,
                bean + " rejected the certificate: unable to find" + " valid certification path to requested target");
    }

    private void assertVerification(Verdict given, Kind kind, String message) throws Exception {
        verdict = given;
        try (Application application = application(Verifying.class);
                HandshakePair meeting = meet(application)) {
            assertCondition(meeting.client().findCondition().orElseThrow(), kind, message);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void clientHelloCallbackChoosesTheKey(String protocol) throws Exception {
        set("web.protocols", protocol);
        onHello = hello -> switch (hello.serverName().orElse("")) {
            case "second.example" -> KeyChoice.alias("second");
            case "other.example" -> KeyChoice.context("other");
            default -> KeyChoice.ordinary();
        };
        try (Application application = application(Hellos.class)) {
            for (String name : List.of("first.example", "second.example", "other.example")) {
                ASKED.clear();
                try (HandshakePair meeting = meet(application, Initarg.serverName(name))) {
                    assertThat(shownBy(meeting.client().orElseThrow())).isEqualTo("CN=" + name);
                    assertThat(meeting.server()
                                    .orElseThrow()
                                    .tls()
                                    .orElseThrow()
                                    .requestedServerName())
                            .contains(name);
                }
                assertThat(ASKED)
                        .containsExactly(new ClientHello(
                                "web", Optional.of(name), Optional.of("127.0.0.1"), List.of("first", "second")));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void clientHelloCallbackThatFailsEndsTheHandshakeAndNamesTheBean(String protocol) throws Exception {
        set("web.protocols", protocol);
        String bean = "handshake: TLS failed: the ClientHelloCallback bean " + Hellos.class.getName();
        assertHello(
                hello -> {
                    throw new IllegalStateException("no table");
                },
                bean + " failed: no table");
        assertHello(hello -> null, bean + " returned null. Return a value instead");
        assertHello(
                hello -> KeyChoice.alias("third"),
                bean + " chose the alias 'third', which context 'web' does not have. Choose one of first, second");
        assertHello(
                hello -> KeyChoice.context("none"),
                bean + " chose context 'none', which has no configured keys. Choose a context that has keys");
        assertHello(
                hello -> KeyChoice.context("nowhere"),
                bean + " chose context 'nowhere': there is no context 'nowhere'");
    }

    private void assertHello(Function<ClientHello, KeyChoice> choice, String message) throws Exception {
        onHello = choice;
        try (Application application = application(Hellos.class);
                HandshakePair meeting = meet(application)) {
            assertRefused(meeting, Kind.CONTEXT_UNUSABLE, message);
            assertThat(meeting.client().findCondition()).isPresent();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void certificateRequestCallbackChoosesTheKey(String protocol) throws Exception {
        set("web.protocols", protocol);
        set("web.client-auth", "want");
        try (Application application = application(Requests.class)) {
            onRequest = request -> KeyChoice.alias("second");
            try (HandshakePair meeting = meet(application)) {
                assertThat(shownBy(meeting.server().orElseThrow())).isEqualTo("CN=second.example");
            }
            assertThat(ASKED).first().isInstanceOfSatisfying(CertificateRequest.class, request -> {
                assertThat(request.context()).isEqualTo("peer");
                assertThat(request.peer()).contains("127.0.0.1");
                assertThat(request.keyTypes()).contains("EC");
                assertThat(request.issuers()).extracting(Object::toString).containsExactly("CN=authority");
                assertThat(request.aliases()).containsExactly("first", "second");
            });
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void certificateRequestCallbackShowsNoneOrFails(String protocol) throws Exception {
        set("web.protocols", protocol);
        set("web.client-auth", "want");
        try (Application application = application(Requests.class)) {
            onRequest = request -> KeyChoice.none();
            try (HandshakePair meeting = meet(application)) {
                assertThat(meeting.server()
                                .orElseThrow()
                                .tls()
                                .orElseThrow()
                                .verification()
                                .result())
                        .isEqualTo(Result.NOT_SENT);
            }
            onRequest = request -> {
                throw new IllegalStateException("no card");
            };
            try (HandshakePair meeting = meet(application)) {
                assertCondition(
                        meeting.client().findCondition().orElseThrow(),
                        Kind.CONTEXT_UNUSABLE,
                        "the CertificateRequestCallback bean " + Requests.class.getName() + " failed: no card");
            }
        }
    }

    static Stream<Arguments> kinds() {
        return Stream.of(
                Arguments.of("web", PasswordCallback.class, Passwords.class),
                Arguments.of("peer", VerifyCallback.class, Verifying.class),
                Arguments.of("web", ClientHelloCallback.class, Hellos.class),
                Arguments.of("peer", CertificateRequestCallback.class, Requests.class));
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("kinds")
    void deployWithTwoOfAKindFails(String context, Class<?> kind, Class<?> bean) {
        assertThatThrownBy(() -> application(bean, Further.class))
                .isInstanceOf(DeploymentException.class)
                .satisfies(thrown -> assertThat(DeploymentMessages.by(thrown))
                        .startsWith("Sluice found a problem:\n - the application supplies more than one"
                                + " @SslContext(\"" + context + "\") " + kind.getSimpleName() + ": ")
                        .contains(bean.getName(), "a producer of " + Further.class.getName())
                        .endsWith(". Keep one of them, or make one an enabled alternative"));
    }

    @Test
    void beanThatCannotBeMadeEndsTheHandshakeAndIsNamed() throws Exception {
        try (Application application = application(Unmakeable.class);
                HandshakePair meeting = meet(application)) {
            assertRefused(meeting, Kind.CONTEXT_UNUSABLE, "the ClientHelloCallback bean " + Unmakeable.class.getName());
            assertThat(meeting.server().findCondition().orElseThrow()).hasStackTraceContaining("no table to read");
        }
    }

    @Test
    void deployWithACallbackOfTheApplicationsOwnContextFails() {
        assertThatThrownBy(() -> application(Passwords.class, OwnContextWithCallback.class))
                .isInstanceOf(DeploymentException.class)
                .satisfies(thrown -> assertThat(DeploymentMessages.by(thrown))
                        .isEqualTo("Sluice found a problem:\n - the application supplies an @SslContext(\"web\")"
                                + " PasswordCallback, which context 'web' cannot have: it is the application's own, and"
                                + " so are its keys and trust"));
    }

    @Test
    void deployWithACallbackOfNoContextFails() {
        properties.keySet().removeIf(key -> key.startsWith("sluice.ssl.web."));
        assertThatThrownBy(() -> application(Passwords.class))
                .isInstanceOf(DeploymentException.class)
                .satisfies(thrown -> assertThat(DeploymentMessages.by(thrown))
                        .isEqualTo("Sluice found a problem:\n - the application supplies an @SslContext(\"web\")"
                                + " PasswordCallback, which context 'web' cannot have: no context of that name is"
                                + " configured. Set sluice.ssl.web.…"));
    }
}
