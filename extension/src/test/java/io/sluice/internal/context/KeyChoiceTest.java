package io.sluice.internal.context;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.context.EngineRequest;
import io.sluice.context.SslSide;
import io.sluice.internal.material.OrderedKeyManager;
import io.sluice.testing.CertificateProfile;
import io.sluice.testing.KeyAlgorithm;
import io.sluice.testing.TestAuthority;
import io.sluice.testing.TestChain;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The choice among several keys: with SNI, one with the name that the client sends; then one that is valid now; then one for this
 * side; then one with exactly the name; then the first one in the order.
 */
class KeyChoiceTest {
    private static final TestAuthority AUTHORITY = TestAuthority.create("authority");
    private static final Map<String, TestChain> CHAINS = Map.of(
            "a", AUTHORITY.issue("a.example"),
            "b", AUTHORITY.issue("b.example"),
            "wild", AUTHORITY.issue("any.example", "*.wild.example"),
            "rsa", AUTHORITY.issue(CertificateProfile.of("rsa.example").keyAlgorithm(KeyAlgorithm.RSA)),
            "old",
                    AUTHORITY.issue(
                            CertificateProfile.of("old.example", "a.example").expired()),
            "early",
                    AUTHORITY.issue(
                            CertificateProfile.of("early.example", "a.example").notYetValid()),
            "clients",
                    AUTHORITY.issue(CertificateProfile.of("clients.example", "a.example")
                            .forClients()),
            "servers", AUTHORITY.issue(CertificateProfile.of("servers.example").forServers()),
            "exact", AUTHORITY.issue("x.wild.example"),
            "exactRsa", AUTHORITY.issue(CertificateProfile.of("y.wild.example").keyAlgorithm(KeyAlgorithm.RSA)));

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
            old,a    | false |                 | a.example
            early,a  | false |                 | a.example
            old,rsa  | false |                 | rsa.example
            old,a    | true  | a.example       | a.example
            clients,a   | false |              | a.example
            clients,rsa | false |              | rsa.example
            old,servers | false |              | servers.example
            old,b,a     | true  | a.example    | a.example
            wild,exact  | true  | x.wild.example | x.wild.example
            wild,exact  | true  | z.wild.example | any.example
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

            assertThat(shown(asking)).as(protocol).isEqualTo("CN=" + expected);
        }
    }

    /**
     * In TLS 1.3 a client names all types that it accepts; in TLS 1.2 it may have no cipher suite for the better key, so
     * the type comes first.
     */
    @ParameterizedTest
    @CsvSource({"TLSv1.3, y.wild.example", "TLSv1.2, any.example"})
    void exactNameBeatsAWildcardOfAnotherTypeWhereThePeerCertainlyTakesIt(String protocol, String expected)
            throws Exception {
        SSLEngine asking = NamedContexts.web("trust-store.pem.certs", AUTHORITY.pem(), "protocols", protocol)
                .engine(EngineRequest.of(SslSide.CLIENT, "y.wild.example", 1).withServerName("y.wild.example"));
        SSLEngine serving = server("wild,exactRsa", true).engine(EngineRequest.of(SslSide.SERVER, "127.0.0.1", 1));

        Engines.handshake(asking, serving);

        assertThat(shown(asking)).isEqualTo("CN=" + expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            a,b       | a.example
            old,b     | b.example
            servers,b | b.example
            servers   | servers.example
            old,servers | servers.example
            """)
    void clientShowsTheCertificate(String order, String expected) throws Exception {
        ReloadableContext server = NamedContexts.web(
                "key-store.pem.0.cert",
                CHAINS.get("a").pem(),
                "key-store.pem.0.key",
                CHAINS.get("a").keyPem(),
                "trust-all",
                "true",
                "client-auth",
                "need");
        List<String> properties = keys(order);
        properties.addAll(List.of("trust-store.pem.certs", AUTHORITY.pem()));
        SSLEngine asking = NamedContexts.web(properties.toArray(String[]::new))
                .engine(EngineRequest.of(SslSide.CLIENT, "a.example", 1));
        SSLEngine serving = server.engine(EngineRequest.of(SslSide.SERVER, "127.0.0.1", 1));

        Engines.handshake(asking, serving);

        assertThat(shown(serving)).isEqualTo("CN=" + expected);
    }

    @ParameterizedTest
    @CsvSource({"Main, main, true", "Main, MAIN, true", "Main, other, false"})
    void keyIsFoundByItsNameInAnyCase(String name, String asked, boolean found) throws Exception {
        TestChain chain = CHAINS.get("a");
        OrderedKeyManager keys = NamedContexts.web(
                        "key-store.pem." + name + ".cert",
                        chain.pem(),
                        "key-store.pem." + name + ".key",
                        chain.keyPem())
                .load()
                .keys()
                .orElseThrow();

        assertThat(keys.has(asked)).isEqualTo(found);
        assertThat(keys.aliasOf(asked, List.of("EC")).isPresent()).isEqualTo(found);
    }

    private static String shown(SSLEngine engine) throws SSLPeerUnverifiedException {
        X509Certificate certificate = (X509Certificate) engine.getSession().getPeerCertificates()[0];
        return certificate.getSubjectX500Principal().toString();
    }

    /** JSSE sends the peer's name by itself, but not an address. */
    private static EngineRequest withoutName(EngineRequest request) {
        return EngineRequest.of(request.side(), "127.0.0.1", request.port());
    }

    private static void trustAnyName(SSLEngine engine) {
        var parameters = engine.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm(""); // With null, an engine keeps its value.
        engine.setSSLParameters(parameters);
    }

    private static ReloadableContext server(String order, boolean sni) {
        List<String> properties = keys(order);
        properties.addAll(List.of("key-store.sni", "" + sni));
        return NamedContexts.web(properties.toArray(String[]::new));
    }

    private static List<String> keys(String order) {
        List<String> properties = new ArrayList<>(List.of("key-store.pem.order", order));
        for (String name : order.split(",")) {
            properties.addAll(
                    List.of("key-store.pem." + name + ".cert", CHAINS.get(name).pem()));
            properties.addAll(
                    List.of("key-store.pem." + name + ".key", CHAINS.get(name).keyPem()));
        }
        return properties;
    }
}
