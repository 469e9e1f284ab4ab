package io.sluice.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.context.SslContext;
import io.sluice.context.SslContexts;
import io.sluice.context.callback.PeerCertificates;
import io.sluice.context.callback.PeerVerdict.Result;
import io.sluice.context.callback.VerifyCallback;
import io.sluice.it.support.Application;
import io.sluice.it.support.ClientServerConfiguration;
import io.sluice.it.support.HandshakePair;
import io.sluice.it.support.SessionPair;
import io.sluice.it.support.TestEngine;
import io.sluice.stream.SocketStream;
import io.sluice.stream.SocketStreamException.Kind;
import io.sluice.testing.CertificateProfile;
import io.sluice.testing.TestAuthority;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sessions from before a reload of the server's context. */
@Tag("tls")
class ResumptionReloadTest {

    private static final TestAuthority AUTHORITY = TestAuthority.create("authority");
    private static final TestAuthority OTHER = TestAuthority.create("other");
    private static final AtomicInteger ASKED = new AtomicInteger();
    private static volatile boolean accepting;

    @TempDir
    Path directory;

    private final ClientServerConfiguration contexts = new ClientServerConfiguration(
            AUTHORITY,
            AUTHORITY.issue("localhost"),
            AUTHORITY.issue(CertificateProfile.of("device").expired()));

    @ApplicationScoped
    @SslContext("web")
    static class Verifying implements VerifyCallback {
        @Override
        public boolean accepts(PeerCertificates peer) {
            ASKED.incrementAndGet();
            return accepting;
        }
    }

    /** What changes while an application runs. */
    private record Live(Map<String, String> properties) implements ConfigSource {
        @Override
        public Set<String> getPropertyNames() {
            return properties.keySet();
        }

        @Override
        public String getValue(String name) {
            return properties.get(name);
        }

        @Override
        public String getName() {
            return "live";
        }
    }

    @BeforeEach
    void write() throws Exception {
        ASKED.set(0);
        accepting = true;
        AUTHORITY.issue("localhost").write(directory, "web");
        Files.writeString(directory.resolve("trust.pem"), AUTHORITY.pem());
        contexts.set("web.key-store.pem.0.cert", directory + "/web.crt");
        contexts.set("web.key-store.pem.0.key", directory + "/web.key");
        contexts.set("web.trust-store.pem.certs", directory + "/trust.pem");
    }

    private Application verifying(String protocol) {
        contexts.set("web.protocols", protocol);
        contexts.set("web.client-auth", "need");
        return Application.configured()
                .with(contexts.properties())
                .beans(Verifying.class)
                .start();
    }

    private static ServerSocket listening() throws Exception {
        return new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    }

    private static void reload(Application application) throws Exception {
        application.get(SslContexts.class).reload("web");
    }

    /** The client's certificate has expired, so only the callback accepts it. */
    private static void assertAcceptedByCallback(SessionPair sessions) {
        assertThat(sessions.server().verification().result()).isEqualTo(Result.ACCEPTED_BY_CALLBACK);
        assertThat(sessions.server().verification().reason()).contains("objection: NotAfter");
    }

    /** Whether such a session resumes depends on the engine and the protocol. */
    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void verdictOfTheCallbackIsKeptOrItIsAskedAgain(String protocol) throws Exception {
        try (Application application = verifying(protocol);
                ServerSocket listening = listening()) {
            SessionPair first = SessionPair.of(application, listening);
            assertAcceptedByCallback(first);
            assertThat(ASKED).hasValue(1);

            first.passTime();
            AUTHORITY.issue("localhost").write(directory, "web");
            reload(application);
            SessionPair second = SessionPair.of(application, listening);
            assertAcceptedByCallback(second);
            assertThat(ASKED).hasValue(second.server().resumed() ? 1 : 2);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void changeOfTheTrustEndsWhatTheCallbackAccepted(String protocol) throws Exception {
        try (Application application = verifying(protocol);
                ServerSocket listening = listening()) {
            SessionPair first = SessionPair.of(application, listening);
            first.passTime();
            Files.writeString(directory.resolve("trust.pem"), AUTHORITY.pem() + OTHER.pem());
            reload(application);

            SessionPair second = SessionPair.of(application, listening);
            second.assertResumesNothing(first);
            assertThat(ASKED).hasValue(2);

            Files.writeString(directory.resolve("trust.pem"), AUTHORITY.pem());
            reload(application);
            accepting = false;
            try (HandshakePair refused = HandshakePair.of(application, "web", "peer")) {
                assertThat(refused.server().findCondition())
                        .hasValueSatisfying(
                                condition -> assertThat(condition.kind()).isEqualTo(Kind.CERTIFICATE_EXPIRED));
                refused.client().findStream().ifPresent(SocketStream::abort);
            }
            assertThat(ASKED).hasValue(3);
        }
    }

    /** Protocols are agreed anew in each handshake. With keys for tickets, BoringSSL resumes here too. */
    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void applicationProtocolsAreThoseOfTheReload(String protocol) throws Exception {
        contexts.set("web.protocols", protocol);
        contexts.set("peer.alpn", "one,two");
        if (!TestEngine.isJsse()) {
            Path keys = Files.writeString(directory.resolve("ticket.keys"), "5a".repeat(80) + "\n");
            contexts.set("web.session.ticket-keys", keys.toString());
        }
        Map<String, String> live = new ConcurrentHashMap<>(Map.of("sluice.ssl.web.alpn", "one"));
        try (Application application = Application.configured()
                        .with(contexts.properties())
                        .sources(new Live(live))
                        .start();
                ServerSocket listening = listening()) {
            SessionPair first = SessionPair.of(application, listening);
            assertThat(first.client().applicationProtocol()).contains("one");

            first.passTime();
            live.put("sluice.ssl.web.alpn", "two");
            reload(application);
            SessionPair second = SessionPair.of(application, listening);
            second.assertResumes(first);
            assertThat(second.client().applicationProtocol()).contains("two");
            assertThat(second.server().applicationProtocol()).contains("two");
        }
    }
}
