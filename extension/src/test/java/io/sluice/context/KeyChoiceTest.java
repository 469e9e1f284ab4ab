package io.sluice.context;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.testing.TestAuthority;
import io.sluice.testing.TestAuthority.Kind;
import io.sluice.testing.TestAuthority.Wanted;
import io.sluice.testing.TestChain;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLEngine;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which of several keys a server shows: the first in the order, or with SNI the one of the name that the client sends. */
class KeyChoiceTest {
    private static final TestAuthority AUTHORITY = TestAuthority.create("authority");
    private static final Map<String, TestChain> CHAINS = Map.of(
            "a", AUTHORITY.issue("a.example"),
            "b", AUTHORITY.issue("b.example"),
            "wild", AUTHORITY.issue("any.example", "*.wild.example"),
            "rsa", AUTHORITY.issue(Wanted.of("rsa.example").kind(Kind.RSA)));

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            a,b      | false |                 | a.example
            b,a      | false |                 | b.example
            a,b      | false | b.example       | a.example
            a,b      | true  | b.example       | b.example
            a,b      | true  | B.EXAMPLE       | b.example
            a,b      | true  | unknown.example | a.example
            a,b      | true  |                 | a.example
            a,wild   | true  | x.wild.example  | any.example
            a,wild   | true  | wild.example    | a.example
            a,wild   | true  | x.y.wild.example| a.example
            a,rsa    | true  | rsa.example     | rsa.example
            rsa,a    | true  | a.example       | a.example
            """)
    void serverShowsTheCertificate(String order, boolean sni, String serverName, String expected) throws Exception {
        for (String protocol : List.of("TLSv1.3", "TLSv1.2")) {
            ReloadableContext server = server(order, sni);
            ReloadableContext client =
                    NamedContexts.web("trust-store.pem.certs", AUTHORITY.pem(), "protocols", protocol);
            EngineRequest request = EngineRequest.of(SslSide.CLIENT, expected, 1);
            SSLEngine asking = client.engine(
                    serverName == null
                            ? withoutName(request)
                            : request.withServerName(serverName).withEngineConfigurer(KeyChoiceTest::trustAnyName));
            SSLEngine serving = server.engine(EngineRequest.of(SslSide.SERVER, "127.0.0.1", 1));

            Engines.handshake(asking, serving);

            X509Certificate shown = (X509Certificate) asking.getSession().getPeerCertificates()[0];
            assertThat(shown.getSubjectX500Principal()).as(protocol).hasToString("CN=" + expected);
        }
    }

    /** JSSE by itself sends the peer's name; an address has none. */
    private static EngineRequest withoutName(EngineRequest request) {
        return EngineRequest.of(request.side(), "127.0.0.1", request.port());
    }

    private static void trustAnyName(SSLEngine engine) {
        var parameters = engine.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm(""); // Where null is given, an engine keeps what it has.
        engine.setSSLParameters(parameters);
    }

    private static ReloadableContext server(String order, boolean sni) {
        List<String> properties = new ArrayList<>(List.of("key-store.pem.order", order, "key-store.sni", "" + sni));
        for (String name : order.split(",")) {
            properties.addAll(
                    List.of("key-store.pem." + name + ".cert", CHAINS.get(name).pem()));
            properties.addAll(
                    List.of("key-store.pem." + name + ".key", CHAINS.get(name).keyPem()));
        }
        return NamedContexts.web(properties.toArray(String[]::new));
    }
}
