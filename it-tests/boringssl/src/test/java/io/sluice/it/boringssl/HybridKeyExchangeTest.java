package io.sluice.it.boringssl;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.it.support.Application;
import io.sluice.it.support.HandshakePair;
import io.sluice.stream.SocketStream;
import io.sluice.stream.SocketStreamException.Kind;
import io.sluice.testing.TestCertificate;
import java.security.Provider;
import java.security.Security;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.jsse.provider.BouncyCastleJsseProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Post-quantum key exchange between the engines that have it on every JDK. */
@Tag("tls")
class HybridKeyExchangeTest {

    private static final String HYBRID = "X25519MLKEM768";
    private static final String BORINGSSL = "boringssl";
    private static final String BOUNCY_CASTLE = "BCJSSE";
    private static final Provider PROVIDER = new BouncyCastleJsseProvider(new BouncyCastleProvider());

    /** With an EC key, Bouncy Castle would need its curve in the list of groups. */
    private static final TestCertificate SERVER = TestCertificate.rsa("localhost");

    @BeforeAll
    static void register() {
        Security.addProvider(PROVIDER);
    }

    @AfterAll
    static void unregister() {
        Security.removeProvider(PROVIDER.getName());
    }

    /** One side. Without groups, it has those of its engine. */
    private record Party(String engine, String groups) {

        Map<String, String> properties(String context, Map<String, String> keysOrTrust) {
            Map<String, String> properties = new LinkedHashMap<>(keysOrTrust);
            if (engine.equals(BORINGSSL)) {
                properties.put("engine", BORINGSSL);
            } else {
                properties.put("engine", "jdk");
                properties.put("provider", engine);
            }
            if (!groups.isEmpty()) {
                properties.put("key-exchange-groups", groups);
                properties.put("protocols", "TLSv1.3");
            }
            Map<String, String> named = new LinkedHashMap<>();
            properties.forEach((key, value) -> named.put("sluice.ssl." + context + "." + key, value));
            return named;
        }
    }

    private static Application application(Party server, Party client) {
        return Application.configured()
                .with(server.properties(
                        "web",
                        Map.of(
                                "key-store.pem.0.cert",
                                SERVER.certificatePem(),
                                "key-store.pem.0.key",
                                SERVER.keyPem())))
                .with(client.properties(
                        "peer",
                        Map.of(
                                "trust-store.pem.certs",
                                SERVER.certificatePem(),
                                "hostname-verification-algorithm",
                                "none")))
                .start();
    }

    private static String group(SocketStream stream) throws Exception {
        return stream.tls().orElseThrow().group().orElseThrow();
    }

    static Stream<Arguments> engines() {
        return Stream.of(BORINGSSL, BOUNCY_CASTLE)
                .flatMap(server -> Stream.of(BORINGSSL, BOUNCY_CASTLE).map(client -> Arguments.of(server, client)));
    }

    static Stream<Arguments> agreeing() {
        return engines()
                .flatMap(pair -> Stream.of(List.of("", ""), List.of(HYBRID, ""), List.of("", HYBRID))
                        .map(groups -> Arguments.of(
                                new Party((String) pair.get()[0], groups.get(0)),
                                new Party((String) pair.get()[1], groups.get(1)))));
    }

    /** It comes first by default. */
    @ParameterizedTest
    @MethodSource("agreeing")
    void bothSidesExchangeHybridKeys(Party server, Party client) throws Exception {
        try (Application application = application(server, client);
                HandshakePair met = HandshakePair.of(application, "web", "peer")) {
            SocketStream near = met.client().orElseThrow();
            SocketStream far = met.server().orElseThrow();
            assertThat(group(near)).isEqualTo(HYBRID);
            assertThat(group(far)).isEqualTo(HYBRID);
            near.output().write('x');
            assertThat(far.input().read()).isEqualTo('x');
        }
    }

    @ParameterizedTest
    @MethodSource("engines")
    void serverWithHybridGroupsAloneRefusesOthers(String server, String client) throws Exception {
        try (Application application = application(new Party(server, HYBRID), new Party(client, "x25519"));
                HandshakePair met = HandshakePair.of(application, "web", "peer")) {
            assertThat(met.server().findCondition()).hasValueSatisfying(condition -> {
                assertThat(condition.kind()).isEqualTo(Kind.VERSION_OR_CIPHER_MISMATCH);
                assertThat(condition).hasMessageContaining(HYBRID).hasMessageContaining("x25519");
            });
            assertThat(met.client().findCondition()).isPresent();
        }
    }
}
