package io.sluice.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.context.SslContextSpecifier;
import io.sluice.it.support.Application;
import io.sluice.it.support.HandshakePair;
import io.sluice.it.support.SuppliedContexts;
import io.sluice.stream.Initarg;
import io.sluice.stream.SocketStreamException.Kind;
import io.sluice.testing.TestCertificate;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A client's context without trust and a server's context without a key are reported as such. */
class LackingContextTest {

    private static final TestCertificate SERVER = TestCertificate.ec("localhost");

    private static Application application(String protocol) {
        return Application.configured(
                        "sluice.ssl.web.key-store.pem.0.cert", SERVER.certificatePem(),
                        "sluice.ssl.web.key-store.pem.0.key", SERVER.keyPem(),
                        "sluice.ssl.web.protocols", protocol,
                        "sluice.ssl.peer.trust-store.pem.certs", SERVER.certificatePem())
                .start();
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void clientThatTrustsNobodyIsToldThat(String protocol) throws Exception {
        Initarg untrusting = Initarg.sslContext(SslContextSpecifier.of(SuppliedContexts.trustingNobody(SERVER)));
        try (Application application = application(protocol);
                HandshakePair meeting = HandshakePair.of(application, "web", "peer", untrusting)) {
            assertThat(meeting.client().findCondition()).hasValueSatisfying(condition -> {
                assertThat(condition.kind()).isEqualTo(Kind.CONTEXT_UNUSABLE);
                assertThat(condition)
                        .hasMessageMatching(
                                "the given SSLContext, peer 127\\.0\\.0\\.1:\\d+: handshake: TLS failed: the"
                                        + " context has no trust anchors \\(.*\\)\\. Configure the certificates to trust");
            });
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void serverWithoutAKeyIsRefusedBeforeAnyByteAndToldTheSetting(String protocol) throws Exception {
        try (Application application = application(protocol);
                HandshakePair meeting = HandshakePair.of(application, "peer", "web")) {
            assertThat(meeting.server().findCondition()).hasValueSatisfying(condition -> {
                assertThat(condition.kind()).isEqualTo(Kind.CONTEXT_UNUSABLE);
                assertThat(condition)
                        .hasMessageMatching("context 'peer' has no key, so it cannot be the server side: set"
                                + " sluice\\.ssl\\.peer\\.key-store\\.p12\\.path and \\.password, or"
                                + " sluice\\.ssl\\.peer\\.key-store\\.pem\\.0\\.cert and \\.key \\(peer"
                                + " 127\\.0\\.0\\.1:\\d+\\)");
            });
            // Not even an alert.
            assertThat(meeting.client().findCondition().orElseThrow().kind()).isIn(Kind.PEER_CLOSED, Kind.IO);
        }
    }
}
