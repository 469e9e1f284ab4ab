package io.sluice.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.context.SslContext;
import io.sluice.context.SslContextSpecifier;
import io.sluice.context.SslContexts;
import io.sluice.context.callback.PeerVerdict.Result;
import io.sluice.it.support.Application;
import io.sluice.it.support.ClientServerConfiguration;
import io.sluice.it.support.HandshakePair;
import io.sluice.it.support.JsseOnly;
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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSessionContext;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sessions of peers with certificates resume, and report no more than their full handshake did. */
@Tag("tls")
class ResumptionVerdictTest {

    private static final TestAuthority AUTHORITY = TestAuthority.create("authority");
    private static final TestAuthority OTHER = TestAuthority.create("other");
    private static final TestChain SERVER = AUTHORITY.issue("localhost");
    private static final TestChain CLIENT = AUTHORITY.issue("device");

    private final ClientServerConfiguration contexts = new ClientServerConfiguration(AUTHORITY, SERVER, CLIENT);

    private record Sessions(TlsSession server, TlsSession client) {}

    private static <T> T select(Application application, Class<T> type, String context) {
        return application
                .container()
                .select(type, SslContext.Literal.of(context))
                .get();
    }

    private static Sessions visit(Application application, ServerSocket listening, Initarg... ofServer)
            throws Exception {
        SocketStreamCreator creator = select(application, SocketStreamCreator.class, "web");
        SocketStreamConnector connector = select(application, SocketStreamConnector.class, "peer");
        Future<TlsSession> served = PeerBehaviour.THREADS.submit(() -> {
            try (SocketStream stream = creator.create(listening.accept(), SocketStream.class, ofServer)
                    .orElseThrow()) {
                stream.output().write(stream.input().read());
                return stream.tls().orElseThrow();
            }
        });
        try (SocketStream stream = connector
                .open("127.0.0.1", listening.getLocalPort(), SocketStream.class)
                .orElseThrow()) {
            stream.output().write('x');
            assertThat(stream.input().read()).isEqualTo('x');
            return new Sessions(served.get(20, TimeUnit.SECONDS), stream.tls().orElseThrow());
        }
    }

    private static void passTime(Sessions first) {
        SessionTimes.pass(first.client());
    }

    private static void assertResumed(Sessions second, Sessions first) {
        SessionTimes.assertResumed(second.client(), first.client());
        SessionTimes.assertResumed(second.server(), first.server());
    }

    private static void assertNotResumed(Sessions second, Sessions first) {
        SessionTimes.assertNotResumed(second.client(), first.client());
        SessionTimes.assertNotResumed(second.server(), first.server());
    }

    private static int count(SSLSessionContext sessions) {
        return Collections.list(sessions.getIds()).size();
    }

    static Stream<Arguments> rows() {
        return Stream.of("TLSv1.3", "TLSv1.2")
                .flatMap(protocol -> Stream.of("none", "want", "need").map(auth -> Arguments.of(protocol, auth)));
    }

    @ParameterizedTest(name = "{0}, client-auth {1}")
    @MethodSource("rows")
    void verifiedPeersResume(String protocol, String clientAuth) throws Exception {
        contexts.set("web.protocols", protocol);
        contexts.set("web.client-auth", clientAuth);
        boolean asked = !clientAuth.equals("none");
        try (Application application =
                        Application.configured().with(contexts.properties()).start();
                ServerSocket listening = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Sessions first = visit(application, listening);
            assertThat(first.client().verification().result()).isEqualTo(Result.VERIFIED);
            assertThat(first.server().verification().result()).isEqualTo(asked ? Result.VERIFIED : Result.NOT_ASKED);

            passTime(first);
            Sessions second = visit(application, listening);
            assertResumed(second, first);
            assertThat(second.client().verification().result()).isEqualTo(Result.VERIFIED);
            assertThat(second.server().verification().result())
                    .isEqualTo(asked ? Result.ACCEPTED_BY_ENGINE : Result.NOT_ASKED);
        }
    }

    @ParameterizedTest(name = "{0}, client-auth {1}")
    @MethodSource("rows")
    @JsseOnly(
            "BoringSSL keeps its sessions apart from the injected `SSLContext`, and the server remembers those of TLS 1.2")
    void sessionsAreInTheMemoryOfTheClientOnly(String protocol, String clientAuth) throws Exception {
        contexts.set("web.protocols", protocol);
        contexts.set("web.client-auth", clientAuth);
        try (Application application =
                        Application.configured().with(contexts.properties()).start();
                ServerSocket listening = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            SSLSessionContext ofServer =
                    select(application, SSLContext.class, "web").getServerSessionContext();
            Sessions first = visit(application, listening);
            assertThat(count(ofServer)).isZero();
            assertThat(count(select(application, SSLContext.class, "peer").getClientSessionContext()))
                    .as("its own, and in TLS 1.3 one for each ticket")
                    .isEqualTo(protocol.equals("TLSv1.3") ? 2 : 1);
            passTime(first);
            assertResumed(visit(application, listening), first);
            assertThat(count(ofServer)).isZero();
        }
    }

    @ParameterizedTest(name = "{0}, client-auth {1}")
    @MethodSource("rows")
    void clientsWithoutACertificateResume(String protocol, String clientAuth) throws Exception {
        contexts.set("web.protocols", protocol);
        contexts.set("web.client-auth", clientAuth.equals("need") ? "want" : clientAuth);
        contexts.remove("peer.key-store.");
        Result expected = clientAuth.equals("none") ? Result.NOT_ASKED : Result.NOT_SENT;
        try (Application application =
                        Application.configured().with(contexts.properties()).start();
                ServerSocket listening = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Sessions first = visit(application, listening);
            passTime(first);
            Sessions second = visit(application, listening);

            assertResumed(second, first);
            assertThat(first.server().verification().result()).isEqualTo(expected);
            assertThat(second.server().verification().result()).isEqualTo(expected);
        }
    }

    /** The engine decides whether such a session resumes; its report must not claim more than before. */
    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void whatWasNotCheckedIsNotBetterWhenItResumes(String protocol) throws Exception {
        contexts.set("web.protocols", protocol);
        contexts.set("web.client-auth", "need");
        for (String context : new String[] {"web", "peer"}) {
            contexts.remove(context + ".trust-store.pem.certs");
            contexts.set(context + ".trust-all", "true");
        }
        try (Application application =
                        Application.configured().with(contexts.properties()).start();
                ServerSocket listening = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Sessions first = visit(application, listening);
            passTime(first);
            Sessions second = visit(application, listening);

            for (Sessions sessions : new Sessions[] {first, second}) {
                assertThat(sessions.client().verification().result()).isEqualTo(Result.NOT_CHECKED);
                assertThat(sessions.server().verification().result()).isEqualTo(Result.NOT_CHECKED);
            }
        }
    }

    /** An engine of an injected SSLContext, whose trust manager sees another engine than the stream does. */
    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void engineOfAnInjectedContextReportsTheSame(String protocol) throws Exception {
        contexts.set("web.protocols", protocol);
        contexts.set("web.client-auth", "need");
        try (Application application =
                        Application.configured().with(contexts.properties()).start();
                ServerSocket listening = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Sessions first = visit(application, listening, Initarg.sslContext(injected(application)));
            passTime(first);
            Sessions second = visit(application, listening, Initarg.sslContext(injected(application)));

            assertThat(first.server().verification().result()).isEqualTo(Result.VERIFIED);
            assertResumed(second, first);
            assertThat(second.server().verification().result()).isEqualTo(Result.ACCEPTED_BY_ENGINE);
        }
    }

    private static SslContextSpecifier injected(Application application) {
        SSLEngine engine = select(application, SSLContext.class, "web").createSSLEngine();
        engine.setUseClientMode(false);
        return SslContextSpecifier.of(engine);
    }

    /** Sessions must end with the trust in their authority, on the side that has revoked its trust. */
    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3 web", "TLSv1.3 peer", "TLSv1.2 web", "TLSv1.2 peer"})
    void reloadThatRemovesAnAuthorityEndsResumption(String row, @TempDir Path directory) throws Exception {
        String reloaded = row.substring(8);
        Path trust = directory.resolve("trust.pem");
        Files.writeString(trust, AUTHORITY.pem() + OTHER.pem());
        contexts.set("web.protocols", row.substring(0, 7));
        contexts.set("web.client-auth", "want");
        contexts.set(reloaded + ".trust-store.pem.certs", trust.toString());
        try (Application application =
                        Application.configured().with(contexts.properties()).start();
                ServerSocket listening = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Sessions first = visit(application, listening);
            passTime(first);
            Sessions second = visit(application, listening);
            assertResumed(second, first);

            Files.writeString(trust, OTHER.pem());
            application.get(SslContexts.class).reload(reloaded);
            if (reloaded.equals("web")) {
                Sessions third = visit(application, listening);
                assertNotResumed(third, first);
                assertThat(third.server().peerCertificates()).isEmpty();
                assertThat(third.server().verification().result()).isEqualTo(Result.NOT_SENT);
            } else {
                try (HandshakePair meeting = HandshakePair.of(application, "web", "peer")) {
                    assertThat(meeting.client().findCondition()).isPresent();
                }
            }
        }
    }
}
