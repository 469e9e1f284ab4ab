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
import io.sluice.it.support.SessionPair;
import io.sluice.stream.Initarg;
import io.sluice.testing.TestAuthority;
import io.sluice.testing.TestChain;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
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

    private static <T> T select(Application application, Class<T> type, String context) {
        return application
                .container()
                .select(type, SslContext.Literal.of(context))
                .get();
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
            SessionPair first = SessionPair.of(application, listening);
            assertThat(first.client().verification().result()).isEqualTo(Result.VERIFIED);
            assertThat(first.server().verification().result()).isEqualTo(asked ? Result.VERIFIED : Result.NOT_ASKED);

            first.passTime();
            SessionPair second = SessionPair.of(application, listening);
            second.assertResumes(first);
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
            SessionPair first = SessionPair.of(application, listening);
            assertThat(count(ofServer)).isZero();
            assertThat(count(select(application, SSLContext.class, "peer").getClientSessionContext()))
                    .as("its own, and in TLS 1.3 one for each ticket")
                    .isEqualTo(protocol.equals("TLSv1.3") ? 2 : 1);
            first.passTime();
            SessionPair.of(application, listening).assertResumes(first);
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
            SessionPair first = SessionPair.of(application, listening);
            first.passTime();
            SessionPair second = SessionPair.of(application, listening);

            second.assertResumes(first);
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
            SessionPair first = SessionPair.of(application, listening);
            first.passTime();
            SessionPair second = SessionPair.of(application, listening);

            for (SessionPair sessions : new SessionPair[] {first, second}) {
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
            SessionPair first = SessionPair.of(
                    application, listening, List.of(Initarg.sslContext(injected(application))), "peer", List.of());
            first.passTime();
            SessionPair second = SessionPair.of(
                    application, listening, List.of(Initarg.sslContext(injected(application))), "peer", List.of());

            assertThat(first.server().verification().result()).isEqualTo(Result.VERIFIED);
            second.assertResumes(first);
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
            SessionPair first = SessionPair.of(application, listening);
            first.passTime();
            SessionPair second = SessionPair.of(application, listening);
            second.assertResumes(first);

            Files.writeString(trust, OTHER.pem());
            application.get(SslContexts.class).reload(reloaded);
            if (reloaded.equals("web")) {
                SessionPair third = SessionPair.of(application, listening);
                third.assertResumesNothing(first);
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
