package io.sluice.internal.boringssl;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.context.SslContext;
import io.sluice.it.support.Application;
import io.sluice.stream.Initarg;
import io.sluice.stream.SocketStream;
import io.sluice.stream.SocketStreamConnector;
import io.sluice.stream.SocketStreamCreator;
import io.sluice.stream.SocketStreamException.Kind;
import io.sluice.stream.StreamResult;
import io.sluice.testing.TestAuthority;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Connections to one server, and which of them resume the sessions of others. */
class SeparateSessionsTest {

    private static final TestAuthority AUTHORITY = TestAuthority.create("authority");
    private static final Initarg NEED = Initarg.engineConfigurer(engine -> engine.setNeedClientAuth(true));
    private static final Initarg OTHER = Initarg.serverName("other.test");
    private static final Initarg UNCHECKED = Initarg.engineConfigurer(SeparateSessionsTest::checkNothing);

    @AfterEach
    void nothingIsLeft() {
        TestContexts.assertNothingIsLeft();
    }

    private static void checkNothing(SSLEngine engine) {
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("");
        engine.setSSLParameters(parameters);
    }

    private record Met(StreamResult<SocketStream> server, StreamResult<SocketStream> client) implements AutoCloseable {

        boolean isResumed() throws Exception {
            return client.orElseThrow().tls().orElseThrow().resumed();
        }

        @Override
        public void close() {
            server.findStream().ifPresent(SocketStream::close);
            client.findStream().ifPresent(SocketStream::close);
        }
    }

    /** The sides exchange a byte, so that the client reads the tickets of TLS 1.3 too. */
    private static Met meet(
            Application application, ServerSocket listening, List<Initarg> ofServer, List<Initarg> ofClient)
            throws Exception {
        CompletableFuture<StreamResult<SocketStream>> served = CompletableFuture.supplyAsync(() -> {
            try {
                StreamResult<SocketStream> server = application
                        .container()
                        .select(SocketStreamCreator.class, SslContext.Literal.of("web"))
                        .get()
                        .create(listening.accept(), SocketStream.class, ofServer.toArray(Initarg[]::new));
                if (server.findStream().isPresent()) {
                    server.orElseThrow().output().write('x');
                    server.orElseThrow().output().flush();
                }
                return server;
            } catch (Exception e) {
                throw new CompletionException(e);
            }
        });
        StreamResult<SocketStream> client = application
                .container()
                .select(SocketStreamConnector.class, SslContext.Literal.of("peer"))
                .get()
                .open("127.0.0.1", listening.getLocalPort(), SocketStream.class, ofClient.toArray(Initarg[]::new));
        if (client.findStream().isPresent()) {
            assertThat(client.orElseThrow().input().read()).isEqualTo('x');
        }
        return new Met(served.get(20, TimeUnit.SECONDS), client);
    }

    private static ServerSocket listening() throws Exception {
        return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void serverThatNeedsACertificateResumesNoOtherSession(String protocol) throws Exception {
        try (Application application =
                        TestContexts.of(AUTHORITY).protocol(protocol).start();
                ServerSocket listening = listening()) {
            meet(application, listening, List.of(), List.of()).close();
            try (Met again = meet(application, listening, List.of(), List.of())) {
                assertThat(again.isResumed()).isTrue();
            }
            try (Met needed = meet(application, listening, List.of(NEED), List.of())) {
                assertThat(needed.isResumed()).isFalse();
                assertThat(needed.server().orElseThrow().tls().orElseThrow().peerCertificates())
                        .isNotEmpty();
            }
        }
    }

    /** In TLS 1.2, the server remembers the sessions, and their age. */
    @ParameterizedTest
    @CsvSource({"TLSv1.3, 10m, false", "TLSv1.2, 10m, true", "TLSv1.3, 0s, true"})
    void noTicketOutlivesTheLimit(String protocol, String limit, boolean resumes) throws Exception {
        try (Application application = TestContexts.of(AUTHORITY)
                        .protocol(protocol)
                        .with("web.session.timeout", limit)
                        .start();
                ServerSocket listening = listening()) {
            meet(application, listening, List.of(), List.of()).close();
            try (Met again = meet(application, listening, List.of(), List.of())) {
                assertThat(again.isResumed()).isEqualTo(resumes);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void clientThatChecksTheHostResumesNoUncheckedSession(String protocol) throws Exception {
        try (Application application = TestContexts.of(AUTHORITY)
                        .protocol(protocol)
                        .with("peer.hostname-verification-algorithm", "https")
                        .start();
                ServerSocket listening = listening()) {
            meet(application, listening, List.of(), List.of(OTHER, UNCHECKED)).close();
            try (Met again = meet(application, listening, List.of(), List.of(OTHER, UNCHECKED))) {
                assertThat(again.isResumed()).isTrue();
            }
            try (Met checked = meet(application, listening, List.of(), List.of(OTHER))) {
                assertThat(checked.client().findCondition().orElseThrow().kind())
                        .isEqualTo(Kind.CERTIFICATE_WRONG_HOST);
            }
        }
    }
}
