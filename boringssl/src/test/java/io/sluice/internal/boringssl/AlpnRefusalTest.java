package io.sluice.internal.boringssl;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.context.SslContext;
import io.sluice.it.support.Application;
import io.sluice.stream.SocketStream;
import io.sluice.stream.SocketStreamCreator;
import io.sluice.stream.SocketStreamException;
import io.sluice.stream.SocketStreamException.Kind;
import io.sluice.stream.StreamResult;
import io.sluice.stream.TlsSession;
import io.sluice.testing.TestAuthority;
import io.sluice.testing.internal.ProcessPeer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A server refuses a client that offers only other application protocols, with either engine in the same way. */
class AlpnRefusalTest {

    private static final TestAuthority AUTHORITY = TestAuthority.create("authority");
    private static final String ALERT = "SSL alert number 120";

    /** What a server made of a client. */
    private record Served(Optional<SocketStreamException> refused, Optional<TlsSession> session, String printed) {}

    @AfterEach
    void nothingIsLeft() {
        TestContexts.assertNothingIsLeft();
    }

    private static TestContexts contexts(String engine) {
        return TestContexts.of(AUTHORITY).engines(engine, "jdk").with("web.alpn", "h2,mqtt");
    }

    /** Serves one client of OpenSSL. */
    private static Served serve(TestContexts contexts, String... options) throws Exception {
        try (Application application = contexts.start();
                ServerSocket listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            listening.setSoTimeout(20_000);
            String[] command = {"openssl", "s_client", "-connect", "127.0.0.1:" + listening.getLocalPort()};
            try (ProcessPeer client = ProcessPeer.start(
                    Stream.of(command, options).flatMap(Stream::of).toArray(String[]::new))) {
                StreamResult<SocketStream> result = application
                        .container()
                        .select(SocketStreamCreator.class, SslContext.Literal.of("web"))
                        .get()
                        .create(listening.accept(), SocketStream.class);
                Optional<TlsSession> session = result.findStream().flatMap(SocketStream::tls);
                result.findStream().ifPresent(SocketStream::close);
                return new Served(result.findCondition(), session, client.awaitEnd());
            }
        }
    }

    private static void assertRefused(Served served, String offered) {
        SocketStreamException refused = served.refused().orElseThrow();
        assertThat(refused.kind()).isEqualTo(Kind.ALPN_MISMATCH);
        assertThat(refused)
                .hasMessageContaining("handshake: TLS failed: ")
                .hasMessageEndingWith(
                        "No matching application layer protocol values; this side offers h2, mqtt, the peer"
                                + " offers " + offered
                                + ". Configure a common protocol in alpn, or omit it on one side");
        assertThat(served.printed()).contains(ALERT);
    }

    @ParameterizedTest
    @CsvSource({"boringssl, -tls1_3", "boringssl, -tls1_2", "jdk, -tls1_3", "jdk, -tls1_2"})
    void clientWithOtherProtocolsIsRefused(String engine, String version) throws Exception {
        assertRefused(serve(contexts(engine), version, "-alpn", "http/1.1,other"), "http/1.1, other");
    }

    @ParameterizedTest
    @CsvSource({"boringssl, -tls1_3", "boringssl, -tls1_2", "jdk, -tls1_3", "jdk, -tls1_2"})
    void clientWithACommonProtocolIsServed(String engine, String version) throws Exception {
        Served served = serve(contexts(engine), version, "-alpn", "http/1.1,mqtt");

        assertThat(served.session().orElseThrow().applicationProtocol()).contains("mqtt");
        assertThat(served.printed()).contains("ALPN protocol: mqtt");
    }

    @ParameterizedTest
    @CsvSource({"boringssl, -tls1_3", "boringssl, -tls1_2", "jdk, -tls1_3", "jdk, -tls1_2"})
    void clientWithoutProtocolsIsServed(String engine, String version) throws Exception {
        Served served = serve(contexts(engine), version);

        assertThat(served.session().orElseThrow().applicationProtocol()).isEmpty();
    }

    /** The faults that the engine finds come first. */
    @ParameterizedTest
    @CsvSource({"boringssl", "jdk"})
    void otherMismatchIsReportedFirst(String engine) throws Exception {
        Served served = serve(contexts(engine).with("web.protocols", "TLSv1.3"), "-tls1_2", "-alpn", "other");

        assertThat(served.refused().orElseThrow().kind()).isEqualTo(Kind.VERSION_OR_CIPHER_MISMATCH);
        assertThat(served.printed()).contains("SSL alert number 70");
    }

    /** The server then answers the first message with a HelloRetryRequest. */
    @Test
    void clientThatMustRetryIsRefusedToo() throws Exception {
        TestContexts contexts = contexts("boringssl").with("web.key-exchange-groups", "secp384r1");
        String[] groups = {"-tls1_3", "-groups", "P-256:P-384", "-alpn"};

        assertRefused(serve(contexts, groups[0], groups[1], groups[2], groups[3], "other"), "other");
        assertThat(serve(contexts, groups[0], groups[1], groups[2], groups[3], "mqtt")
                        .session()
                        .orElseThrow()
                        .applicationProtocol())
                .contains("mqtt");
    }

    @ParameterizedTest
    @CsvSource({"boringssl", "jdk"})
    void firstMessageMayHaveSeveralRecords(String engine) throws Exception {
        String others = IntStream.range(0, 200).mapToObj(i -> "protocol-" + i).collect(Collectors.joining(","));

        Served refused = serve(contexts(engine), "-max_send_frag", "512", "-alpn", others);
        assertThat(refused.refused().orElseThrow().kind()).isEqualTo(Kind.ALPN_MISMATCH);
        assertThat(refused.printed()).contains(ALERT);

        Served served = serve(contexts(engine), "-max_send_frag", "512", "-alpn", others + ",mqtt");
        assertThat(served.session().orElseThrow().applicationProtocol()).contains("mqtt");
    }
}
