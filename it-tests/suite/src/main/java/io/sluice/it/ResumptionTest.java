package io.sluice.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.context.SslContext;
import io.sluice.it.support.Application;
import io.sluice.it.support.PeerBehaviour;
import io.sluice.it.support.SessionTimes;
import io.sluice.stream.Initarg;
import io.sluice.stream.SocketStream;
import io.sluice.stream.SocketStreamConnector;
import io.sluice.stream.SocketStreamCreator;
import io.sluice.stream.TlsSession;
import io.sluice.testing.TestAuthority;
import io.sluice.testing.TestChain;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A client that connects to the same host and port again resumes its session, which is the same on the server. */
@Tag("tls")
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
            SessionTimes.pass(first.client());
            Sessions second = visit(application, listening, "peer");
            Sessions stranger = visit(application, listening, "other");

            assertThat(first.client().resumed()).isFalse();
            assertThat(first.server().resumed()).isFalse();
            SessionTimes.assertResumed(second.client(), first.client());
            SessionTimes.assertResumed(second.server(), first.server());
            SessionTimes.assertNotResumed(stranger.client(), first.client());
            SessionTimes.assertNotResumed(stranger.server(), first.server());
        }
    }

    /** The certificate was verified for one name; JSSE stores sessions by the given name and port. */
    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void connectionForAnotherServerNameDoesNotResume(String protocol) throws Exception {
        try (Application application = application(protocol);
                ServerSocket listening = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Sessions first = visit(application, listening, "peer", Initarg.serverName("first.example"));
            SessionTimes.pass(first.client());
            Sessions same = visit(application, listening, "peer", Initarg.serverName("first.example"));
            Sessions second = visit(application, listening, "peer", Initarg.serverName("second.example"));

            SessionTimes.assertResumed(same.client(), first.client());
            SessionTimes.assertNotResumed(second.client(), first.client());
            assertThat(second.server().requestedServerName()).contains("second.example");
        }
    }
}
