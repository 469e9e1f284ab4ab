package io.sluice.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.context.SslContext;
import io.sluice.it.support.Application;
import io.sluice.it.support.PeerBehaviour;
import io.sluice.stream.Initarg;
import io.sluice.stream.SocketStream;
import io.sluice.stream.SocketStreamConnector;
import io.sluice.stream.SocketStreamCreator;
import io.sluice.stream.TlsSession;
import io.sluice.testing.TestAuthority;
import io.sluice.testing.TestChain;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A client that connects to the same host and port again resumes its session, which is the same on the server. */
class ResumptionTest {

    private static final TestAuthority AUTHORITY = TestAuthority.create("authority");
    private static final TestChain SERVER = AUTHORITY.issue("localhost", "first.example", "second.example");

    private record Sessions(TlsSession server, TlsSession client) {}

    private static Application application(String protocol) {
        return Application.configured(
                        "sluice.ssl.web.key-store.pem.0.cert", SERVER.pem(),
                        "sluice.ssl.web.key-store.pem.0.key", SERVER.keyPem(),
                        "sluice.ssl.web.protocols", protocol,
                        "sluice.ssl.peer.trust-store.pem.certs", AUTHORITY.pem(),
                        "sluice.ssl.other.trust-store.pem.certs", AUTHORITY.pem())
                .start();
    }

    private static Sessions visit(Application application, ServerSocket listening, String context, Initarg... initargs)
            throws Exception {
        SocketStreamCreator creator = application
                .container()
                .select(SocketStreamCreator.class, SslContext.Literal.of("web"))
                .get();
        SocketStreamConnector connector = application
                .container()
                .select(SocketStreamConnector.class, SslContext.Literal.of(context))
                .get();
        Future<TlsSession> served = PeerBehaviour.THREADS.submit(() -> {
            try (SocketStream stream =
                    creator.create(listening.accept(), SocketStream.class).orElseThrow()) {
                stream.output().write(stream.input().read());
                return stream.tls().orElseThrow();
            }
        });
        try (SocketStream stream = connector
                .open("127.0.0.1", listening.getLocalPort(), SocketStream.class, initargs)
                .orElseThrow()) {
            stream.output().write('x');
            assertThat(stream.input().read()).isEqualTo('x');
            return new Sessions(served.get(20, TimeUnit.SECONDS), stream.tls().orElseThrow());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void secondConnectionResumesTheSessionOfTheFirst(String protocol) throws Exception {
        try (Application application = application(protocol);
                ServerSocket listening = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Sessions first = visit(application, listening, "peer");
            // A new session would have a later time.
            Awaitility.await()
                    .until(() -> Instant.now()
                            .isAfter(first.client().sessionCreated().plusMillis(2)));
            Sessions second = visit(application, listening, "peer");
            Sessions stranger = visit(application, listening, "other");

            assertThat(Stream.of(first, second, stranger)
                            .map(each -> List.of(
                                    each.server().resumed(), each.client().resumed())))
                    .containsExactly(List.of(false, false), List.of(true, true), List.of(false, false));
            assertThat(second.client().sessionCreated())
                    .isEqualTo(first.client().sessionCreated());
            assertThat(second.server().sessionCreated())
                    .isEqualTo(first.server().sessionCreated());
            assertThat(second.client().peerCertificates())
                    .isEqualTo(first.client().peerCertificates());
            assertThat(stranger.client().sessionCreated())
                    .isAfter(first.client().sessionCreated());
            assertThat(stranger.server().sessionCreated())
                    .isAfter(first.server().sessionCreated());
        }
    }

    /** The certificate was verified for one name; JSSE stores sessions by the given name and port. */
    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void connectionForAnotherServerNameDoesNotResume(String protocol) throws Exception {
        try (Application application = application(protocol);
                ServerSocket listening = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Sessions first = visit(application, listening, "peer", Initarg.serverName("first.example"));
            Awaitility.await()
                    .until(() -> Instant.now()
                            .isAfter(first.client().sessionCreated().plusMillis(2)));
            Sessions same = visit(application, listening, "peer", Initarg.serverName("first.example"));
            Sessions second = visit(application, listening, "peer", Initarg.serverName("second.example"));

            assertThat(same.client().sessionCreated()).isEqualTo(first.client().sessionCreated());
            assertThat(second.client().sessionCreated()).isAfter(first.client().sessionCreated());
            assertThat(second.server().requestedServerName()).contains("second.example");
        }
    }
}
