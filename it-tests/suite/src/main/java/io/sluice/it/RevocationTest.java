package io.sluice.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.it.support.Application;
import io.sluice.it.support.ClientServerConfiguration;
import io.sluice.it.support.DeploymentMessages;
import io.sluice.it.support.HandshakePair;
import io.sluice.stream.SocketStreamException;
import io.sluice.stream.SocketStreamException.Kind;
import io.sluice.testing.CertificateProfile;
import io.sluice.testing.OcspResponder;
import io.sluice.testing.TestAuthority;
import io.sluice.testing.TestChain;
import jakarta.enterprise.inject.spi.DeploymentException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Revoked certificates, through revocation lists and OCSP, on either side. */
@Tag("tls")
class RevocationTest {

    private static final TestAuthority AUTHORITY = TestAuthority.create("authority");
    private static final TestAuthority OTHER = TestAuthority.create("other");
    private static final TestChain SERVER = AUTHORITY.issue("localhost");
    private static final TestChain CLIENT = AUTHORITY.issue("client");

    private final ClientServerConfiguration contexts = new ClientServerConfiguration(AUTHORITY, SERVER, CLIENT);

    @BeforeEach
    void requireClientCertificates() {
        contexts.set("web.client-auth", "need");
    }

    private HandshakePair meet() throws Exception {
        try (Application application =
                        Application.configured().with(contexts.properties()).start();
                HandshakePair meeting = HandshakePair.of(application, "web", "peer")) {
            return meeting;
        }
    }

    private static void assertRefused(SocketStreamException condition, Kind kind) {
        assertThat(condition.kind()).as(condition.toString()).isEqualTo(kind);
    }

    private void assertMet(HandshakePair meeting) {
        assertThat(meeting.client().findCondition()).isEmpty();
        assertThat(meeting.server().findCondition()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void listedCertificatesAreRevoked(String protocol) throws Exception {
        contexts.set("web.protocols", protocol);
        contexts.set("peer.trust-store.revocation-lists", AUTHORITY.crl(CLIENT));
        contexts.set("web.trust-store.revocation-lists", AUTHORITY.crl(SERVER));
        assertMet(meet());

        contexts.set("peer.trust-store.revocation-lists", AUTHORITY.crl(SERVER));
        SocketStreamException ofClient = meet().client().findCondition().orElseThrow();
        assertRefused(ofClient, Kind.CERTIFICATE_REVOKED);
        assertThat(ofClient)
                .hasMessageStartingWith("context 'peer', peer 127.0.0.1:")
                .hasMessageEndingWith(". The peer needs a new certificate");

        contexts.set("peer.trust-store.revocation-lists", AUTHORITY.crl(CLIENT));
        contexts.set("web.trust-store.revocation-lists", AUTHORITY.crl(CLIENT));
        assertRefused(meet().server().findCondition().orElseThrow(), Kind.CERTIFICATE_REVOKED);
    }

    @Test
    void listIsNotUsedWhereRevocationIsNone() throws Exception {
        contexts.set("peer.trust-store.revocation-lists", AUTHORITY.crl(SERVER));
        contexts.set("peer.revocation", "none");
        assertMet(meet());
    }

    @Test
    void certificateOfWhoseStateNothingIsKnownIsRefused() throws Exception {
        contexts.set("peer.trust-store.revocation-lists", OTHER.crl());
        assertRefused(meet().client().findCondition().orElseThrow(), Kind.CERTIFICATE_INVALID);

        contexts.set("peer.trust-store.revocation-lists", AUTHORITY.crl(Duration.ofHours(-1)));
        assertRefused(meet().client().findCondition().orElseThrow(), Kind.CERTIFICATE_INVALID);

        contexts.remove("peer.trust-store.revocation-lists");
        contexts.set("peer.revocation", "ocsp");
        assertRefused(meet().client().findCondition().orElseThrow(), Kind.CERTIFICATE_INVALID);
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void responderIsAsked(String protocol) throws Exception {
        contexts.set("web.protocols", protocol);
        try (OcspResponder responder = new OcspResponder(AUTHORITY)) {
            TestChain server =
                    AUTHORITY.issue(CertificateProfile.of("localhost").ocspResponder(responder.url()));
            contexts.keys("web", server);
            contexts.set("peer.revocation", "ocsp");
            assertMet(meet());
            assertThat(responder.requestCount()).isEqualTo(1);
            responder.revoke(server);
            assertRefused(meet().client().findCondition().orElseThrow(), Kind.CERTIFICATE_REVOKED);
        }
    }

    @Test
    void listsCountWhereTheResponderDoesNotAnswer() throws Exception {
        try (Socket nobody = new Socket()) { // Its port is in use, but nothing listens there.
            nobody.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            String gone = "http://127.0.0.1:" + nobody.getLocalPort() + "/";
            TestChain server =
                    AUTHORITY.issue(CertificateProfile.of("localhost").ocspResponder(gone));
            contexts.keys("web", server);
            contexts.set("peer.revocation", "ocsp");
            contexts.set("peer.trust-store.revocation-lists", AUTHORITY.crl());
            assertMet(meet());
            contexts.set("peer.trust-store.revocation-lists", AUTHORITY.crl(server));
            assertRefused(meet().client().findCondition().orElseThrow(), Kind.CERTIFICATE_REVOKED);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"crl", "ocsp"})
    void revocationWithTrustInEverybodyIsAProblem(String way) {
        contexts.remove("peer.trust-store.pem.certs");
        contexts.set("peer.trust-all", "true");
        contexts.set("peer.revocation", way);
        contexts.set("peer.trust-store.revocation-lists", AUTHORITY.crl());
        assertProblem(
                "sluice.ssl.peer.trust-store.revocation-lists (from PropertiesConfigSource[source=the test's properties]):"
                        + " revocation is to be checked, but sluice.ssl.peer.trust-all turns off all checks."
                        + " Remove one of the two properties.");
    }

    @Test
    void revocationByListsWithoutAListIsAProblem() {
        contexts.set("peer.revocation", "crl");
        assertProblem(
                "sluice.ssl.peer.trust-store.revocation-lists (not set): sluice.ssl.peer.revocation is crl, but there is no"
                        + " revocation list. Set the lists, or set the system property com.sun.security.enableCRLDP=true to"
                        + " fetch the lists that certificates name.");
    }

    @Test
    void listThatIsNoneIsAProblem() {
        contexts.set("peer.trust-store.revocation-lists", AUTHORITY.pem());
        assertProblem(
                "sluice.ssl.peer.trust-store.revocation-lists (from PropertiesConfigSource[source=the test's properties]):"
                        + " inline PEM (" + AUTHORITY.pem().length()
                        + " characters) holds no certificate revocation list, but CERTIFICATE."
                        + " Supply lists as PEM (-----BEGIN X509 CRL-----) or DER.");
    }

    private void assertProblem(String problem) {
        assertThatThrownBy(this::meet)
                .isInstanceOf(DeploymentException.class)
                .satisfies(thrown ->
                        assertThat(DeploymentMessages.by(thrown)).isEqualTo("Sluice found a problem:\n - " + problem));
    }
}
