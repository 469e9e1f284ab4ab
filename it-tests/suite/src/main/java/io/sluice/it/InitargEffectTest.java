package io.sluice.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sluice.context.SslContextSpecifier;
import io.sluice.context.SslSide;
import io.sluice.it.support.Application;
import io.sluice.it.support.HandshakePair;
import io.sluice.it.support.JsseOnly;
import io.sluice.stream.Direction;
import io.sluice.stream.Initarg;
import io.sluice.stream.SocketStream;
import io.sluice.stream.SocketStreamException;
import io.sluice.stream.SocketStreamException.Kind;
import io.sluice.testing.TestAuthority;
import io.sluice.testing.TestChain;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The effects of the library's initargs on the stream. */
@Tag("tls")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class InitargEffectTest {

    private static final TestAuthority AUTHORITY = TestAuthority.create("authority");
    private static final TestChain SERVER = AUTHORITY.issue("localhost");

    @AutoClose
    private final Application application = Application.configured(
                    "sluice.ssl.web.key-store.pem.0.cert", SERVER.pem(),
                    "sluice.ssl.web.key-store.pem.0.key", SERVER.keyPem(),
                    "sluice.ssl.peer.trust-store.pem.certs", AUTHORITY.pem())
            .start();

    private HandshakePair meet(List<Initarg> ofServer, List<Initarg> ofClient) throws Exception {
        return HandshakePair.of(application, "web", ofServer, "peer", ofClient);
    }

    @Test
    void alpnIsAgreedOn() throws Exception {
        try (HandshakePair meeting = meet(List.of(Initarg.alpn("b", "a")), List.of(Initarg.alpn("a", "b", "c")))) {
            assertThat(meeting.client().orElseThrow().tls().orElseThrow().applicationProtocol())
                    .contains("b");
            assertThat(meeting.server().orElseThrow().tls().orElseThrow().applicationProtocol())
                    .contains("b");
        }
    }

    /** As in FTP over TLS, in which the connecting side may be the TLS server. */
    @Test
    void sslSideIsAsGiven() throws Exception {
        try (HandshakePair meeting = HandshakePair.of(
                application,
                "peer",
                List.of(Initarg.sslSide(SslSide.CLIENT)),
                "web",
                List.of(Initarg.sslSide(SslSide.SERVER)))) {
            assertThat(meeting.client().orElseThrow().tls().orElseThrow().localCertificates())
                    .first()
                    .isEqualTo(SERVER.leaf().certificate());
            assertThat(meeting.server().orElseThrow().tls().orElseThrow().peerCertificates())
                    .first()
                    .isEqualTo(SERVER.leaf().certificate());
        }
    }

    @Test
    @JsseOnly("An engine of BoringSSL is made for one side, so `Initarg.sslSide(BOTH)` is refused")
    void sslSideIsChosenByTheEngineConfigurer() throws Exception {
        try (HandshakePair meeting = HandshakePair.of(
                application,
                "peer",
                List.of(
                        Initarg.sslSide(SslSide.BOTH),
                        Initarg.engineConfigurer(engine -> engine.setUseClientMode(true))),
                "web",
                List.of(Initarg.sslSide(SslSide.BOTH)))) {
            assertThat(meeting.server().orElseThrow().tls().orElseThrow().peerCertificates())
                    .first()
                    .isEqualTo(SERVER.leaf().certificate());
            assertThat(meeting.client().orElseThrow().isOpen()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256", "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384"})
    void engineConfigurerHasTheLastWord(String suite) throws Exception {
        assertConfigurerChooses(suite);
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLS_AES_128_GCM_SHA256", "TLS_CHACHA20_POLY1305_SHA256"})
    @JsseOnly("The suites of TLS 1.3 cannot be chosen on an engine of BoringSSL")
    void engineConfigurerChoosesSuitesOfTls13(String suite) throws Exception {
        assertConfigurerChooses(suite);
    }

    private void assertConfigurerChooses(String suite) throws Exception {
        AtomicInteger ran = new AtomicInteger();
        Initarg configurer = Initarg.engineConfigurer(engine -> {
            ran.incrementAndGet();
            engine.setEnabledCipherSuites(new String[] {suite});
        });
        try (HandshakePair meeting = meet(List.of(configurer), List.of())) {
            assertThat(meeting.client().orElseThrow().tls().orElseThrow().cipherSuite())
                    .isEqualTo(suite);
            assertThat(ran).hasValue(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"default", "TLSv1.3", "TLSv1.2"})
    void contextConfigurerRunsOnTheContextThatIsMadeForTheCall(String which) throws Exception {
        AtomicInteger ran = new AtomicInteger();
        SslContextSpecifier specifier =
                which.equals("default") ? SslContextSpecifier.defaults() : SslContextSpecifier.protocol(which);
        Initarg configurer = Initarg.contextConfigurer(context -> {
            ran.incrementAndGet();
            trust(context);
        });
        try (HandshakePair configured = meet(List.of(), List.of(Initarg.sslContext(specifier), configurer));
                HandshakePair next = meet(List.of(), List.of(Initarg.sslContext(specifier)))) {
            assertThat(configured.client().isOpened()).isTrue();
            assertThat(next.client().findCondition().orElseThrow().kind())
                    .as("a context that is shared is not the one that was configured")
                    .isEqualTo(Kind.CERTIFICATE_UNKNOWN_ISSUER);
            assertThat(ran).hasValue(1);
        }
    }

    private static void trust(SSLContext context) {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setCertificateEntry("authority", AUTHORITY.certificate());
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            context.init(null, trust.getTrustManagers(), null);
        } catch (GeneralSecurityException | java.io.IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void directionLeavesOneSideOut() throws Exception {
        try (HandshakePair meeting =
                meet(List.of(Initarg.direction(Direction.INPUT)), List.of(Initarg.direction(Direction.OUTPUT)))) {
            SocketStream input = meeting.server().orElseThrow();
            SocketStream output = meeting.client().orElseThrow();
            output.output().write('x');
            assertThat(input.input().read()).isEqualTo('x');
            assertThat(catchThrowableOfType(IllegalStateException.class, input::output))
                    .hasMessageMatching(
                            "the stream has no output: it was created with direction INPUT \\(context 'web', peer"
                                    + " 127\\.0\\.0\\.1:\\d+\\)");
            assertThat(catchThrowableOfType(IllegalStateException.class, output::reader))
                    .hasMessageMatching(
                            "the stream has no input: it was created with direction OUTPUT \\(context 'peer', peer"
                                    + " 127\\.0\\.0\\.1:\\d+\\)");
        }
    }

    @Test
    void readTimeoutLosesNothingAndMayBeChanged() throws Exception {
        try (HandshakePair meeting = meet(List.of(Initarg.readTimeout(Duration.ofMillis(50))), List.of())) {
            SocketStream server = meeting.server().orElseThrow();
            assertThat(server.readTimeout()).isEqualTo(Duration.ofMillis(50));
            SocketStreamException late = catchThrowableOfType(
                    SocketStreamException.class, () -> server.input().read());
            assertThat(late.kind()).isEqualTo(Kind.READ_TIMEOUT);
            server.readTimeout(Duration.ofSeconds(20));
            meeting.client().orElseThrow().output().write(new byte[] {'a', 'b'});
            assertThat(server.input().readNBytes(2)).containsExactly('a', 'b');
        }
    }

    @Test
    void writeTimeoutCutsOffAPeerThatDoesNotRead() throws Exception {
        try (HandshakePair meeting = meet(List.of(Initarg.writeTimeout(Duration.ofMillis(200))), List.of())) {
            SocketStream server = meeting.server().orElseThrow();
            SocketStreamException stuck = catchThrowableOfType(SocketStreamException.class, () -> {
                byte[] much = new byte[1 << 20];
                for (int i = 0; i < 1_000; i++) {
                    server.output().write(much);
                }
            });
            assertThat(stuck.kind()).isEqualTo(Kind.WRITE_TIMEOUT);
            assertThat(server.isOpen()).isFalse();
            assertThat(meeting.accepted().isClosed()).isTrue();
        }
    }

    @Test
    void localAddressIsConnectedFrom() throws Exception {
        InetAddress local = InetAddress.getByName("127.0.0.1");
        int port = portOfNobody(local);
        try (HandshakePair meeting =
                meet(List.of(), List.of(Initarg.localAddress(new InetSocketAddress(local, port))))) {
            assertThat(meeting.client().orElseThrow().localAddress()).isEqualTo(new InetSocketAddress(local, port));
            assertThat(meeting.server().orElseThrow().remoteAddress().getPort()).isEqualTo(port);
        }
    }

    /** A port below the ephemeral ones, which the system may give to the server of this test. */
    private static int portOfNobody(InetAddress local) {
        return ThreadLocalRandom.current()
                .ints(20_000, 32_000)
                .filter(port -> isFree(local, port))
                .findFirst()
                .orElseThrow();
    }

    private static boolean isFree(InetAddress local, int port) {
        try (ServerSocket free = new ServerSocket(port, 1, local)) {
            return free.isBound();
        } catch (IOException e) {
            return false;
        }
    }
}
