package io.sluice.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.server.TlsAlpnChallenges.Challenge;
import io.sluice.testing.internal.ChallengeCertificate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which challenges can be opened, and for which names of clients they are. */
class OpenChallengesTest {

    private final OpenChallenges challenges = new OpenChallenges();

    private Challenge open(String identifier, ChallengeCertificate certificate) {
        return challenges.open(identifier, certificate.certificate(), certificate.key());
    }

    @ParameterizedTest
    @CsvSource({
        "example.org, example.org, example.org",
        "Example.ORG, example.org, example.org",
        "example.org., example.org, example.org",
        "_acme.example.org, _acme.example.org, _acme.example.org",
        "bücher.example, xn--bcher-kva.example, xn--bcher-kva.example",
        "192.0.2.17, 192.0.2.17, 17.2.0.192.in-addr.arpa",
        "2001:db8::1, 2001:db8::1, 1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa"
    })
    void challengeIsForTheNameThatItsClientRequests(String identifier, String certified, String requested) {
        try (Challenge challenge = open(identifier, ChallengeCertificate.of(certified))) {
            assertThat(challenge.serverName()).isEqualTo(requested);
            assertThat(challenges.anyOpen()).isTrue();
        }
        assertThat(challenges.anyOpen()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"*.example.org", "", ".", "example.org:443", "a b.example", "300.1.1.1", "1::2::3", "-a.example"
            })
    void whatNoChallengeCanValidateIsRefused(String identifier) {
        assertThatThrownBy(() -> open(identifier, ChallengeCertificate.of("example.org")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("'" + identifier
                        + "' is not a domain name or an IP address that tls-alpn-01 can validate. Pass one, without a"
                        + " wildcard and without a port");
    }

    @Test
    void certificateThatTheAuthorityWouldRejectIsRefused() {
        ChallengeCertificate certificate = ChallengeCertificate.of("example.org");
        ChallengeCertificate other = ChallengeCertificate.of("example.org");
        String rule = "RFC 8737 requires exactly one name, that of the challenge, and the critical extension"
                + " acmeIdentifier. Let an ACME library make the certificate";

        assertThatThrownBy(() -> open("www.example.org", certificate))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the certificate of the challenge for www.example.org has other names. " + rule);
        assertThatThrownBy(() -> open("example.org", ChallengeCertificate.of("example.org", "www.example.org")))
                .hasMessage("the certificate of the challenge for example.org has other names. " + rule);
        assertThatThrownBy(() -> open("192.0.2.1", ChallengeCertificate.of("192.0.2.2")))
                .hasMessage("the certificate of the challenge for 192.0.2.1 has other names. " + rule);
        assertThatThrownBy(() -> open("example.org", ChallengeCertificate.withoutIdentifier("example.org")))
                .hasMessage("the certificate of the challenge for example.org lacks the critical extension"
                        + " acmeIdentifier. " + rule);
        assertThatThrownBy(() -> challenges.open("example.org", certificate.certificate(), other.key()))
                .hasMessage("the key does not belong to the certificate of the challenge for example.org. Pass its"
                        + " private key");
        assertThat(challenges.anyOpen()).isFalse();
    }

    @Test
    void oneChallengeIsOpenForAName() {
        ChallengeCertificate certificate = ChallengeCertificate.of("example.org");
        Challenge first = open("example.org", certificate);
        assertThatThrownBy(() -> open("EXAMPLE.org.", certificate))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("a challenge for example.org is already open. Close it first");
        first.close();
        Challenge second = open("example.org", certificate);
        first.close(); // Ends the first one only.
        assertThat(challenges.anyOpen()).isTrue();
        second.close();

        challenges.stop();
        assertThatThrownBy(() -> open("example.org", certificate))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the container has stopped. Open challenges only while the application runs");
    }
}
