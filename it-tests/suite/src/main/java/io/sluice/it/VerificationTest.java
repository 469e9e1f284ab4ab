package io.sluice.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.context.callback.PeerVerdict;
import io.sluice.context.callback.PeerVerdict.Result;
import io.sluice.it.support.Application;
import io.sluice.it.support.ClientServerConfiguration;
import io.sluice.it.support.HandshakePair;
import io.sluice.stream.Initarg;
import io.sluice.stream.SocketStream;
import io.sluice.stream.SocketStreamException.Kind;
import io.sluice.stream.StreamResult;
import io.sluice.testing.TestAuthority;
import io.sluice.testing.TestChain;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The report of a session on the verification of the peer. */
@Tag("tls")
class VerificationTest {

    private static final TestAuthority AUTHORITY = TestAuthority.create("authority");
    private static final TestChain SERVER = AUTHORITY.issue("localhost");
    private static final TestChain CLIENT = AUTHORITY.issue("client");
    private static final String ANCHOR = "its chain leads to a certificate that the context trusts";

    private final ClientServerConfiguration contexts = new ClientServerConfiguration(AUTHORITY, SERVER, CLIENT);

    private HandshakePair meet(Initarg... initargs) throws Exception {
        try (Application application =
                        Application.configured().with(contexts.properties()).start();
                HandshakePair meeting = HandshakePair.of(application, "web", "peer", initargs)) {
            return meeting;
        }
    }

    private static PeerVerdict verification(StreamResult<SocketStream> result) throws Exception {
        return result.orElseThrow().tls().orElseThrow().verification();
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void certificatesAndHostAreVerified(String protocol) throws Exception {
        contexts.set("web.protocols", protocol);
        contexts.set("web.client-auth", "need");
        HandshakePair byAddress = meet();
        assertThat(verification(byAddress.client()))
                .isEqualTo(new PeerVerdict(Result.VERIFIED, ANCHOR + " and names the host '127.0.0.1'"));
        assertThat(verification(byAddress.server())).isEqualTo(new PeerVerdict(Result.VERIFIED, ANCHOR));
        assertThat(verification(meet(Initarg.serverName("localhost")).client()))
                .isEqualTo(new PeerVerdict(Result.VERIFIED, ANCHOR + " and names the host 'localhost'"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void whatIsNotCheckedIsTold(String protocol) throws Exception {
        contexts.set("web.protocols", protocol);
        contexts.set("peer.hostname-verification-algorithm", "none");
        assertThat(verification(meet().client()))
                .isEqualTo(new PeerVerdict(Result.VERIFIED, ANCHOR + "; the host's name was not checked"));

        contexts.remove("peer.trust-store.pem.certs");
        contexts.set("peer.trust-all", "true");
        assertThat(verification(meet().client()))
                .isEqualTo(new PeerVerdict(Result.NOT_CHECKED, "the context trusts every peer (trust-all)"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void clientWithoutACertificateIsTold(String protocol) throws Exception {
        contexts.set("web.protocols", protocol);
        assertThat(verification(meet().server()))
                .isEqualTo(new PeerVerdict(Result.NOT_ASKED, "the peer was not asked for a certificate"));

        contexts.set("web.client-auth", "want");
        contexts.remove("peer.key-store.");
        assertThat(verification(meet().server()))
                .isEqualTo(new PeerVerdict(Result.NOT_SENT, "the peer was asked for a certificate and sent none"));
    }

    /** The certificate contains the address of the connection, but not the requested name. */
    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void certificateMustHaveTheServerNameThatIsGiven(String protocol) throws Exception {
        contexts.set("web.protocols", protocol);
        assertThat(meet(Initarg.serverName("elsewhere.example")).client().findCondition())
                .hasValueSatisfying(condition -> assertThat(condition.kind()).isEqualTo(Kind.CERTIFICATE_WRONG_HOST));
    }
}
