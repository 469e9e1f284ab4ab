package io.sluice.internal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import io.sluice.internal.cli.Cli.Result;
import io.sluice.testing.CertificateProfile;
import io.sluice.testing.TestAuthority;
import io.sluice.testing.TestChain;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code sluice probe}, with real peers. */
class ProbeCommandTest {

    private static final TestAuthority AUTHORITY = TestAuthority.create("Authority");

    @TempDir
    private Path directory;

    @BeforeEach
    void configure() throws IOException {
        Files.writeString(directory.resolve("authority.crt"), AUTHORITY.pem());
        AUTHORITY.issue(CertificateProfile.of("client").forClients()).write(directory, "client");
        Files.write(
                directory.resolve("app.properties"),
                List.of(
                        "sluice.ssl.queue.trust-store.pem.certs=authority.crt",
                        "sluice.ssl.known.inherits=queue",
                        "sluice.ssl.known.key-store.pem.0.cert=client.crt",
                        "sluice.ssl.known.key-store.pem.0.key=client.key",
                        "sluice.ssl.broken.trust-store.pem.certs=missing.crt"));
    }

    private Result probe(String peer, String context, String... more) throws Exception {
        String[] arguments = Stream.concat(
                        Stream.of("probe", peer, "--context", context, "--config", "app.properties"), Stream.of(more))
                .toArray(String[]::new);
        return Cli.in(directory).run(arguments);
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void aConnectionShowsWhatWasAgreedOn(String protocol) throws Exception {
        TestChain chain = AUTHORITY.issue("localhost");
        try (TlsServer server =
                TlsServer.start(chain.context(), listener -> listener.setEnabledProtocols(new String[] {protocol}))) {
            Result result = probe(server.address(), "queue");

            assertThat(result.output())
                    .startsWith("connected: context 'queue' to " + server.address())
                    .contains(protocol)
                    .contains("CN=localhost")
                    .contains("none sent");
            assertThat(result.errors()).isEmpty();
            assertThat(result.exitCode()).isZero();
        }
    }

    @Test
    void jsonHasTheSession() throws Exception {
        try (TlsServer server = TlsServer.start(AUTHORITY.issue("localhost").context(), listener -> {})) {
            JsonObject json = probe(server.address(), "queue", "--json").json();

            assertThat(json.get("ok").getAsBoolean()).isTrue();
            JsonObject session = json.getAsJsonObject("session");
            assertThat(session.get("protocol").getAsString()).isEqualTo("TLSv1.3");
            assertThat(session.getAsJsonArray("peerCertificates")
                            .get(0)
                            .getAsJsonObject()
                            .get("subject")
                            .getAsString())
                    .contains("localhost");
        }
    }

    private static Stream<Arguments> refusals() {
        return Stream.of(
                Arguments.of(CertificateProfile.of("localhost").expired(), AUTHORITY, "CERTIFICATE_EXPIRED"),
                Arguments.of(CertificateProfile.of("localhost").notYetValid(), AUTHORITY, "CERTIFICATE_NOT_YET_VALID"),
                Arguments.of(CertificateProfile.of("localhost").forClients(), AUTHORITY, "CERTIFICATE_WRONG_USAGE"),
                Arguments.of(CertificateProfile.of("elsewhere.test"), AUTHORITY, "CERTIFICATE_WRONG_HOST"),
                Arguments.of(
                        CertificateProfile.of("localhost"),
                        TestAuthority.create("Unknown"),
                        "CERTIFICATE_UNKNOWN_ISSUER"));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void aRefusedPeerIsACondition(CertificateProfile profile, TestAuthority authority, String kind) throws Exception {
        try (TlsServer server = TlsServer.start(authority.issue(profile).context(), listener -> {})) {
            Result text = probe(server.address(), "queue");
            JsonObject json = probe(server.address(), "queue", "--json").json();

            assertThat(text.exitCode()).isEqualTo(1);
            assertThat(text.output()).startsWith("not connected: " + kind).contains("what to do");
            assertThat(json.getAsJsonObject("condition").get("kind").getAsString())
                    .isEqualTo(kind);
            assertThat(json.getAsJsonObject("condition").get("remedy").getAsString())
                    .isNotBlank();
        }
    }

    @Test
    void serverNameIsVerifiedInPlaceOfTheHost() throws Exception {
        try (TlsServer server =
                TlsServer.start(AUTHORITY.issue("elsewhere.test").context(), listener -> {})) {
            Result result = probe(server.address(), "queue", "--server-name", "elsewhere.test");

            assertThat(result.output()).startsWith("connected:");
        }
    }

    /** With TLS 1.3, the server refuses only after the client's handshake. */
    @ParameterizedTest
    @CsvSource({"TLSv1.3,queue,1", "TLSv1.2,queue,1", "TLSv1.3,known,0", "TLSv1.2,known,0"})
    void aServerThatRequiresACertificateDecides(String protocol, String context, int exitCode) throws Exception {
        try (TlsServer server = TlsServer.start(AUTHORITY.issue("localhost").context(), listener -> {
            listener.setEnabledProtocols(new String[] {protocol});
            listener.setNeedClientAuth(true);
        })) {
            Result result = probe(server.address(), context);

            assertThat(result.exitCode()).isEqualTo(exitCode);
            assertThat(result.output()).contains(exitCode == 0 ? "CN=client" : "certificate");
        }
    }

    @Test
    void aPeerWithoutTlsAndAClosedPortAreConditions() throws Exception {
        int closed;
        try (ServerSocket listener = new ServerSocket(0, 5, InetAddress.getByName("127.0.0.1"))) {
            closed = listener.getLocalPort();
            Thread greeter = new Thread(() -> {
                try (var socket = listener.accept()) {
                    socket.getOutputStream().write("220 mail.example.test ESMTP\r\n".getBytes());
                    socket.getInputStream().readAllBytes();
                } catch (IOException e) {
                    // The client has left.
                }
            });
            greeter.start();
            assertThat(probe("localhost:" + closed, "queue").output()).startsWith("not connected: NOT_TLS");
            greeter.join(10_000);
        }
        Result result = probe("localhost:" + closed, "queue");
        assertThat(result.output()).startsWith("not connected: CONNECT_FAILED");
        assertThat(result.exitCode()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "localhost:1,broken,3,missing.crt",
        "localhost:1,quue,2,did you mean queue",
        "localhost,queue,2,is not host:port",
        "localhost:99999,queue,2,is not host:port"
    })
    void withoutAnAnswerTheErrorStreamSaysWhy(String peer, String context, int exitCode, String message)
            throws Exception {
        Result result = probe(peer, context);

        assertThat(result.exitCode()).isEqualTo(exitCode);
        assertThat(result.output()).isEmpty();
        assertThat(result.errors()).contains(message);
    }
}
