package io.sluice.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.context.SslSide;
import io.sluice.internal.config.LiveContext;
import io.sluice.internal.context.ReloadableContext;
import io.sluice.testing.SocketPair;
import io.sluice.testing.TestAuthority;
import io.sluice.testing.TestChain;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A reload ends the sessions of a context only if it changes who is trusted, or how. */
class ReloadedSessionsTest {

    private static final TestAuthority AUTHORITY = TestAuthority.create("authority");
    private static final TestAuthority OTHER = TestAuthority.create("other");
    private static final TestChain FIRST = AUTHORITY.issue("localhost");
    private static final TestChain SECOND = AUTHORITY.issue("localhost");
    private static final TestChain CLIENT = AUTHORITY.issue("client");

    /** JDK 25 writes a digest of the server's certificates into its tickets, and refuses a ticket that has another one. */
    private static final boolean TICKETS_OUTLIVE_CERTIFICATES =
            Runtime.version().feature() < 25;

    @TempDir
    Path directory;

    /** A client looks for a session by the port too. */
    private ServerSocket listener;

    private LiveContext server;
    private LiveContext client;

    @BeforeEach
    void listen() throws Exception {
        listener = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    }

    @AfterEach
    void close() throws Exception {
        listener.close();
    }

    /** A change of the server's or the client's context. */
    private interface Change {
        void apply(ReloadedSessionsTest test) throws Exception;
    }

    static Stream<Arguments> changes() {
        return Stream.of(
                change("nothing", true, test -> {}),
                change(
                        "the server's key",
                        TICKETS_OUTLIVE_CERTIFICATES,
                        test -> SECOND.write(test.directory, "server")),
                change("the server's timeouts", true, test -> test.server.set("close-timeout", "1s")),
                change("the order of the trust", true, test -> test.write("trust.pem", AUTHORITY.pem() + OTHER.pem())),
                change(
                        "an authority is added",
                        false,
                        test -> test.write(
                                "trust.pem",
                                AUTHORITY.pem()
                                        + OTHER.pem()
                                        + TestAuthority.create("third").pem())),
                change("an authority is removed", false, test -> test.write("trust.pem", AUTHORITY.pem())),
                change("client-auth", false, test -> test.server.set("client-auth", "need")),
                change(
                        "the server's suites",
                        false,
                        test -> test.server.set(
                                "cipher-suites", "TLS_AES_256_GCM_SHA384,TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384")),
                change("the server's protocols", false, test -> test.server.set("protocols", "TLSv1.2,TLSv1.3")),
                change("a revocation list", false, test -> {
                    test.write("list.pem", AUTHORITY.crl(AUTHORITY.issue("x")));
                    test.server.set("trust-store.revocation-lists", test.directory + "/list.pem");
                    test.server.set("trust-store.pem.certs", AUTHORITY.pem());
                }),
                change(
                        "the client's key",
                        true,
                        test -> AUTHORITY.issue("client").write(test.directory, "client")),
                change("the server's sni", true, test -> test.server.set("key-store.sni", "true")),
                change("clients without a name are refused", false, test -> {
                    test.server.set("key-store.sni", "true");
                    test.server.set("key-store.sni-missing", "refuse");
                }),
                change("unknown names are refused", false, test -> {
                    test.server.set("key-store.sni", "true");
                    test.server.set("key-store.sni-unmatched", "refuse");
                }),
                change(
                        "the client shows no key any more",
                        false,
                        test -> test.client.set("client-key-store.kind", "none")),
                change("the client has a key of its own", false, test -> {
                    test.client.set("client-key-store.pem.0.cert", test.directory + "/client.crt");
                    test.client.set("client-key-store.pem.0.key", test.directory + "/client.key");
                }),
                change("the client's trust", false, test -> test.write("clients.pem", AUTHORITY.pem() + OTHER.pem())),
                change(
                        "how the client checks the host's name",
                        false,
                        test -> test.client.set("hostname-verification-algorithm", "NONE")));
    }

    private static Arguments change(String name, boolean keepsSessions, Change change) {
        return Arguments.of(name, keepsSessions, change);
    }

    private void write(String file, String content) throws Exception {
        Files.writeString(directory.resolve(file), content);
    }

    private void makeContexts(String protocol) throws Exception {
        FIRST.write(directory, "server");
        CLIENT.write(directory, "client");
        write("trust.pem", OTHER.pem() + AUTHORITY.pem());
        write("clients.pem", AUTHORITY.pem());
        server = new LiveContext(
                "key-store.pem.0.cert", directory + "/server.crt",
                "key-store.pem.0.key", directory + "/server.key",
                "trust-store.pem.certs", directory + "/trust.pem",
                "client-auth", "want",
                "protocols", protocol);
        client = new LiveContext(
                "key-store.pem.0.cert", directory + "/client.crt",
                "key-store.pem.0.key", directory + "/client.key",
                "trust-store.pem.certs", directory + "/clients.pem");
    }

    /** Connects both sides, and returns whether they resumed a session. */
    private boolean resumes() throws Exception {
        try (Socket near = new Socket(listener.getInetAddress(), listener.getLocalPort())) {
            Socket far = listener.accept();
            CompletableFuture<Boolean> served = CompletableFuture.supplyAsync(() -> {
                try (SocketStream stream = TestStreams.open(far, server.context(), SslSide.SERVER)) {
                    stream.output().write(stream.input().read());
                    return stream.tls().orElseThrow().resumed();
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            });
            boolean resumed;
            try (SocketStream stream =
                    TestStreams.open(near, client.context(), SslSide.CLIENT, Initarg.serverName("localhost"))) {
                stream.output().write(7);
                assertThat(stream.input().read()).isEqualTo(7);
                assertThat(stream.input().read())
                        .as("the end, behind every ticket")
                        .isEqualTo(-1);
                resumed = stream.tls().orElseThrow().resumed();
            }
            assertThat(served.get(10, TimeUnit.SECONDS)).as("the server agrees").isEqualTo(resumed);
            return resumed;
        }
    }

    @ParameterizedTest(name = "{0}, resumes {1}")
    @MethodSource("changes")
    void reloadKeepsSessionsUnlessTrustChanges(String name, boolean keepsSessions, Change change) throws Exception {
        for (String protocol : new String[] {"TLSv1.3", "TLSv1.2"}) {
            makeContexts(protocol);
            resumes();
            assertThat(resumes()).as("before, " + protocol).isTrue();

            change.apply(this);
            server.context().reload();
            client.context().reload();

            assertThat(resumes()).as("after the reload, " + protocol).isEqualTo(keepsSessions);
            assertThat(resumes()).as("a new session, " + protocol).isTrue();
        }
    }

    @Test
    void fullHandshakeAfterAReloadShowsTheNewKey() throws Exception {
        makeContexts("TLSv1.3");
        resumes();
        SECOND.write(directory, "server");
        server.context().reload();

        assertThat(shown()).isEqualTo(SECOND.leaf().certificate());
    }

    private static SocketStream accepted(SocketPair sockets, ReloadableContext context) {
        try {
            return TestStreams.open(sockets.far(), context, SslSide.SERVER);
        } catch (SocketStreamException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What a reload refuses must leave no trace: neither in the keys, nor in the trust, nor in the parameters or the sessions. */
    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void refusedReloadChangesNothingThatAPeerSees(String protocol) throws Exception {
        makeContexts(protocol);
        resumes();
        assertThat(resumes()).isTrue();
        SECOND.write(directory, "server");
        write("trust.pem", "-----BEGIN CERTIFICATE-----\nnonsense\n-----END CERTIFICATE-----\n");
        server.set("client-auth", "need");
        server.set("close-timeout", "1s");
        server.set("protocols", protocol.equals("TLSv1.3") ? "TLSv1.2" : "TLSv1.3");

        for (int reload = 0; reload < 3; reload++) {
            assertThatThrownBy(() -> server.context().reload()).hasMessageContaining("stays in use");
            assertThat(resumes()).as("the session").isTrue();
        }

        client = new LiveContext("trust-store.pem.certs", directory + "/clients.pem");
        assertThat(resumes()).as("a client without a certificate is served").isFalse();
        assertThat(server.context().generation().orElseThrow().number()).isEqualTo(1);
        assertThat(shown()).isEqualTo(FIRST.leaf().certificate());
    }

    /** The certificate that a new client sees. */
    private X509Certificate shown() throws Exception {
        client = new LiveContext("trust-store.pem.certs", directory + "/clients.pem");
        try (SocketPair sockets = SocketPair.open()) {
            CompletableFuture<SocketStream> served =
                    CompletableFuture.supplyAsync(() -> accepted(sockets, server.context()));
            try (SocketStream stream = TestStreams.open(
                    sockets.near(), client.context(), SslSide.CLIENT, Initarg.serverName("localhost"))) {
                served.get(10, TimeUnit.SECONDS).close();
                return stream.tls().orElseThrow().peerCertificates().get(0);
            }
        }
    }

    @Test
    void limitsOfSessionsThatCodeHasSetSurvive() throws Exception {
        makeContexts("TLSv1.3");
        var sessions = server.context().sslContext().getServerSessionContext();
        sessions.setSessionTimeout(77);
        sessions.setSessionCacheSize(33);

        write("trust.pem", AUTHORITY.pem());
        server.context().reload();

        assertThat(sessions.getSessionTimeout()).isEqualTo(77);
        assertThat(server.context()
                        .load()
                        .sslContext()
                        .getServerSessionContext()
                        .getSessionTimeout())
                .isEqualTo(77);
        assertThat(sessions.getSessionCacheSize()).isEqualTo(33);
    }
}
