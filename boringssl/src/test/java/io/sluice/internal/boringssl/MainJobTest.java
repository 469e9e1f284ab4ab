package io.sluice.internal.boringssl;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.context.NamedSslContext;
import io.sluice.context.SslContext;
import io.sluice.context.SslContexts;
import io.sluice.it.support.Application;
import io.sluice.server.SocketEndpoint;
import io.sluice.server.SocketServers;
import io.sluice.stream.SocketStream;
import io.sluice.stream.SocketStreamConnector;
import io.sluice.testing.TestAuthority;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** An endpoint and a connector, with BoringSSL on both sides or on one. */
class MainJobTest {

    private static final TestAuthority AUTHORITY = TestAuthority.create("authority");

    @ApplicationScoped
    public static class Echo {

        @SocketEndpoint(value = "echo", port = 0, address = "127.0.0.1", ssl = "web")
        void echo(SocketStream stream) throws IOException {
            stream.input().transferTo(stream.output());
        }
    }

    @AfterEach
    void nothingIsLeft() {
        TestContexts.assertNothingIsLeft();
    }

    static Stream<Arguments> engines() {
        return Stream.of("TLSv1.3", "TLSv1.2")
                .flatMap(protocol -> Stream.of(
                        Arguments.of(protocol, "boringssl", "boringssl", 2),
                        Arguments.of(protocol, "boringssl", "jdk", 1),
                        Arguments.of(protocol, "jdk", "boringssl", 1),
                        Arguments.of(protocol, "auto", "auto", 2)));
    }

    @ParameterizedTest
    @MethodSource("engines")
    void bytesComeBack(String protocol, String server, String client, int engines) throws Exception {
        byte[] bytes = new byte[300_000];
        new Random(1).nextBytes(bytes);
        try (Application application = TestContexts.of(AUTHORITY)
                .engines(server, client)
                .protocol(protocol)
                .start(Echo.class)) {
            try (SocketStream stream = open(application)) {
                Thread writer = new Thread(() -> write(stream, bytes));
                writer.start();
                assertThat(stream.input().readNBytes(bytes.length)).isEqualTo(bytes);
                writer.join();
                assertThat(stream.tls().orElseThrow().protocol()).isEqualTo(protocol);
                assertThat(stream.tls().orElseThrow().peerCertificates()).isNotEmpty();
                assertThat(LiveObjects.ENGINES).hasValue(engines);
            }
        }
    }

    private static SocketStream open(Application application) throws IOException {
        return application
                .container()
                .select(SocketStreamConnector.class, SslContext.Literal.of("peer"))
                .get()
                .open("127.0.0.1", port(application), SocketStream.class)
                .orElseThrow();
    }

    private static int port(Application application) {
        return application
                .get(SocketServers.class)
                .named("echo")
                .orElseThrow()
                .address()
                .getPort();
    }

    private static void write(SocketStream stream, byte[] bytes) {
        try {
            stream.output().write(bytes);
            stream.output().flush();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** {@code engine} governs only the connections that Sluice makes. */
    @Test
    void injectedTypesStayWithTheJdk() throws Exception {
        try (Application application = TestContexts.of(AUTHORITY).start(Echo.class)) {
            NamedSslContext peer = application.get(SslContexts.class).get("peer");
            assertThat(peer.sslContext().createSSLEngine().getClass().getName()).doesNotContain("netty");
            assertThat(LiveObjects.ENGINES).hasValue(0);
        }
    }
}
