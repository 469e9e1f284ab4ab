package io.sluice.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.context.SslSide;
import io.sluice.internal.config.LiveContext;
import io.sluice.testing.CertificateProfile;
import io.sluice.testing.OcspResponder;
import io.sluice.testing.SocketPair;
import io.sluice.testing.TestAuthority;
import io.sluice.testing.TestChain;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What docs/rotation.md says about OCSP stapling, which is the JDK's. JSSE reads the system property when it makes a context. */
class StaplingTest {

    private static final String BY_SERVER = "jdk.tls.server.enableStatusRequestExtension";
    private static final String BY_CLIENT = "jdk.tls.client.enableStatusRequestExtension";
    private static final TestAuthority AUTHORITY = TestAuthority.create("authority");

    @TempDir
    Path directory;

    private final Optional<String> byServer = Optional.ofNullable(System.getProperty(BY_SERVER));
    private final Optional<String> byClient = Optional.ofNullable(System.getProperty(BY_CLIENT));
    private OcspResponder responder;
    private TestChain shown;
    private LiveContext server;
    private LiveContext client;

    @BeforeEach
    void start() throws Exception {
        responder = new OcspResponder(AUTHORITY);
    }

    @AfterEach
    void stop() {
        responder.close();
        set(BY_SERVER, byServer);
        set(BY_CLIENT, byClient);
    }

    private static void set(String property, Optional<String> value) {
        value.ifPresentOrElse(set -> System.setProperty(property, set), () -> System.clearProperty(property));
    }

    private void issue() throws Exception {
        shown = AUTHORITY.issue(CertificateProfile.of("localhost").ocspResponder(responder.url()));
        shown.write(directory, "server");
    }

    private void makeContexts(String protocol, boolean staplingByServer, boolean staplingByClient) throws Exception {
        issue();
        System.setProperty(BY_SERVER, String.valueOf(staplingByServer));
        System.setProperty(BY_CLIENT, String.valueOf(staplingByClient));
        server = new LiveContext(
                "key-store.pem.0.cert", directory + "/server.crt",
                "key-store.pem.0.key", directory + "/server.key",
                "protocols", protocol);
        client = new LiveContext("trust-store.pem.certs", AUTHORITY.pem(), "revocation", "ocsp");
        server.context().load();
        client.context().load();
    }

    /** Connects with a full handshake, because each pair of sockets has another port, and returns the number of OCSP requests. */
    private int requestsOfAHandshake() throws Exception {
        int before = responder.requestCount();
        try (SocketPair sockets = SocketPair.open()) {
            CompletableFuture<Void> served = CompletableFuture.runAsync(() -> {
                try (SocketStream stream = TestStreams.open(sockets.far(), server.context(), SslSide.SERVER)) {
                    stream.output().write(7);
                    stream.input().read();
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            });
            try (SocketStream stream = TestStreams.open(
                    sockets.near(), client.context(), SslSide.CLIENT, Initarg.serverName("localhost"))) {
                assertThat(stream.input().read()).isEqualTo(7);
                assertThat(stream.tls().orElseThrow().peerCertificates().get(0))
                        .isEqualTo(shown.leaf().certificate());
                assertThat(stream.tls().orElseThrow().resumed()).isFalse();
            }
            served.get(20, TimeUnit.SECONDS);
        }
        return responder.requestCount() - before;
    }

    @ParameterizedTest
    @CsvSource({
        "TLSv1.3, true, true, 0",
        "TLSv1.2, true, true, 0",
        "TLSv1.3, false, true, 1",
        "TLSv1.2, false, true, 1",
        "TLSv1.3, true, false, 1",
        "TLSv1.2, true, false, 1"
    })
    void laterHandshakeUsesTheStapledResponse(
            String protocol, boolean staplingByServer, boolean staplingByClient, int requests) throws Exception {
        makeContexts(protocol, staplingByServer, staplingByClient);
        assertThat(requestsOfAHandshake()).as("the first handshake").isEqualTo(1);

        assertThat(requestsOfAHandshake()).isEqualTo(requests);
    }

    @ParameterizedTest
    @CsvSource({"TLSv1.3", "TLSv1.2"})
    void serverStaplesTheResponseOfARenewedCertificate(String protocol) throws Exception {
        makeContexts(protocol, true, true);
        requestsOfAHandshake();
        issue();
        server.context().reload();

        assertThat(requestsOfAHandshake()).as("by the server").isEqualTo(1);
        assertThat(requestsOfAHandshake()).isZero();
    }

    @Test
    void keptResponseHidesARevocation() throws Exception {
        makeContexts("TLSv1.3", true, true);
        requestsOfAHandshake();
        responder.revoke(shown);

        assertThat(requestsOfAHandshake()).as("the response that was kept").isZero();
    }

    @Test
    void stapledRevocationIsRefused() throws Exception {
        makeContexts("TLSv1.3", true, true);
        responder.revoke(shown);

        assertThatThrownBy(this::requestsOfAHandshake)
                .isInstanceOfSatisfying(
                        SocketStreamException.class,
                        refused ->
                                assertThat(refused.kind()).isEqualTo(SocketStreamException.Kind.CERTIFICATE_REVOKED));
    }

    @Test
    void chainWithoutItsIssuerIsNotStapled() throws Exception {
        makeContexts("TLSv1.3", true, true);
        Files.writeString(directory.resolve("server.crt"), shown.leaf().certificatePem());
        server.context().reload();
        requestsOfAHandshake();

        assertThat(requestsOfAHandshake()).as("by the client").isEqualTo(1);
    }

    @Test
    void nobodyAsksForAClientWithoutRevocation() throws Exception {
        makeContexts("TLSv1.3", false, true);
        client = new LiveContext("trust-store.pem.certs", AUTHORITY.pem());

        assertThat(requestsOfAHandshake()).isZero();
    }
}
