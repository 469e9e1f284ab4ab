package io.sluice.internal.boringssl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sluice.context.AllowedCaller;
import io.sluice.context.SslContext;
import io.sluice.context.callback.ClientHello;
import io.sluice.context.callback.ClientHelloCallback;
import io.sluice.context.callback.KeyChoice;
import io.sluice.it.support.Application;
import io.sluice.it.support.HandshakePair;
import io.sluice.stream.Initarg;
import io.sluice.stream.SocketStreamException;
import io.sluice.stream.SocketStreamException.Kind;
import io.sluice.testing.TestAuthority;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is agreed in handshakes of BoringSSL with BoringSSL and with the JDK's engine. */
class NegotiationTest {

    private static final TestAuthority AUTHORITY = TestAuthority.create("authority");

    /** Chooses the second key, whatever the client sends. */
    @ApplicationScoped
    @SslContext("web")
    public static class SecondKey implements ClientHelloCallback {
        @Override
        public KeyChoice choose(ClientHello hello) {
            return KeyChoice.alias("1");
        }
    }

    @AfterEach
    void nothingIsLeft() {
        TestContexts.assertNothingIsLeft();
    }

    private static TestContexts twoNames() {
        var second = AUTHORITY.issue("second.test");
        return TestContexts.of(AUTHORITY, AUTHORITY.issue("first.test"))
                .with("web.key-store.sni", "true")
                .with("web.key-store.pem.1.cert", second.pem())
                .with("web.key-store.pem.1.key", second.keyPem());
    }

    private static String shown(HandshakePair met) throws IOException {
        return met.client()
                .orElseThrow()
                .tls()
                .orElseThrow()
                .peerCertificates()
                .get(0)
                .getSubjectX500Principal()
                .getName();
    }

    @ParameterizedTest
    @CsvSource({
        "TLSv1.3, first.test",
        "TLSv1.3, second.test",
        "TLSv1.2, first.test",
        "TLSv1.2, second.test",
    })
    void serverNameChoosesTheCertificate(String protocol, String name) throws Exception {
        try (Application application = twoNames().protocol(protocol).start();
                HandshakePair met = HandshakePair.of(application, "web", "peer", Initarg.serverName(name))) {
            assertThat(shown(met)).isEqualTo("CN=" + name);
        }
    }

    @ParameterizedTest
    @CsvSource({"TLSv1.3, boringssl", "TLSv1.2, boringssl", "TLSv1.3, jdk"})
    void otherServerNamesAreRefused(String protocol, String client) throws Exception {
        try (Application application = twoNames()
                        .engines("boringssl", client)
                        .protocol(protocol)
                        .with("web.key-store.sni-unmatched", "refuse")
                        .start();
                HandshakePair met = HandshakePair.of(application, "web", "peer", Initarg.serverName("third.test"))) {
            assertThat(met.client().findCondition().orElseThrow()).hasMessageContaining("unrecognized_name");
        }
    }

    @Test
    void callbackChoosesTheKey() throws Exception {
        try (Application application = twoNames().start(SecondKey.class);
                HandshakePair met = HandshakePair.of(application, "web", "peer", Initarg.serverName("first.test"))) {
            assertThat(shown(met)).isEqualTo("CN=second.test");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "boringssl, boringssl, TLSv1.3",
        "boringssl, jdk, TLSv1.3",
        "jdk, boringssl, TLSv1.3",
        "boringssl, boringssl, TLSv1.2",
    })
    void applicationProtocolsOfTheCallComeFirst(String server, String client, String protocol) throws Exception {
        try (Application application = TestContexts.of(AUTHORITY)
                .engines(server, client)
                .protocol(protocol)
                .with("web.alpn", "two,one")
                .with("peer.alpn", "one,two")
                .start()) {
            try (HandshakePair met = HandshakePair.of(application, "web", "peer")) {
                assertThat(met.client().orElseThrow().tls().orElseThrow().applicationProtocol())
                        .contains("two");
                assertThat(met.server().orElseThrow().tls().orElseThrow().applicationProtocol())
                        .contains("two");
            }
            try (HandshakePair met =
                    HandshakePair.of(application, "web", List.of(), "peer", List.of(Initarg.alpn("one", "three")))) {
                assertThat(met.server().orElseThrow().tls().orElseThrow().applicationProtocol())
                        .contains("one");
            }
            try (HandshakePair met = HandshakePair.of(
                    application,
                    "web",
                    List.of(Initarg.alpn("three")),
                    "peer",
                    List.of(Initarg.alpn("one", "three")))) {
                assertThat(met.client().orElseThrow().tls().orElseThrow().applicationProtocol())
                        .contains("three");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void callerOfARuleIsKnown(String protocol) throws Exception {
        try (Application application = TestContexts.of(AUTHORITY)
                        .protocol(protocol)
                        .with("web.client-auth", "need")
                        .with("web.client-auth.allow.dns", "client")
                        .start();
                HandshakePair met = HandshakePair.of(application, "web", "peer")) {
            assertThat(met.server().orElseThrow().tls().orElseThrow().caller())
                    .contains(new AllowedCaller("client", "sluice.ssl.web.client-auth.allow.dns", "client"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void otherCallersAreRefused(String protocol) throws Exception {
        try (Application application = TestContexts.of(AUTHORITY)
                        .protocol(protocol)
                        .with("web.client-auth", "need")
                        .with("web.client-auth.allow.dns", "somebody")
                        .start();
                HandshakePair met = HandshakePair.of(application, "web", "peer")) {
            assertThat(met.server().findCondition().orElseThrow().kind()).isEqualTo(Kind.CERTIFICATE_NOT_ALLOWED);
            SocketStreamException seen = met.client()
                    .findCondition()
                    .orElseGet(() -> catchThrowableOfType(
                            SocketStreamException.class,
                            () -> met.client().orElseThrow().input().read()));
            assertThat(seen.kind()).isEqualTo(Kind.REJECTED_BY_PEER);
            assertThat(seen).hasMessageContaining("certificate_unknown (46)");
        }
    }

    @Test
    void untrustedServerIsRefused() throws Exception {
        try (Application application = TestContexts.of(AUTHORITY)
                        .with(
                                "peer.trust-store.pem.certs",
                                TestAuthority.create("other").pem())
                        .start();
                HandshakePair met = HandshakePair.of(application, "web", "peer")) {
            assertThat(met.client().findCondition().orElseThrow().kind()).isEqualTo(Kind.CERTIFICATE_UNKNOWN_ISSUER);
        }
    }

    @Test
    void otherHostIsRefused() throws Exception {
        try (Application application = TestContexts.of(AUTHORITY)
                        .with("peer.hostname-verification-algorithm", "https")
                        .start();
                HandshakePair met = HandshakePair.of(application, "web", "peer", Initarg.serverName("other.test"))) {
            assertThat(met.client().findCondition().orElseThrow().kind()).isEqualTo(Kind.CERTIFICATE_WRONG_HOST);
            SocketStreamException seen = met.server()
                    .findCondition()
                    .orElseGet(() -> catchThrowableOfType(
                            SocketStreamException.class,
                            () -> met.server().orElseThrow().input().read()));
            assertThat(seen).hasMessageContaining("certificate_unknown (46)");
        }
    }
}
