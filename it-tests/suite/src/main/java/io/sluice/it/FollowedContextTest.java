package io.sluice.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.context.ContextDescription;
import io.sluice.context.SslContext;
import io.sluice.context.SslContexts;
import io.sluice.it.support.Application;
import io.sluice.it.support.Feature;
import io.sluice.it.support.Injectable;
import io.sluice.it.support.LookupPath;
import io.sluice.it.support.Peer;
import io.sluice.it.support.RotatedFiles;
import io.sluice.server.SocketEndpoint;
import io.sluice.server.SocketServers;
import io.sluice.stream.SocketStream;
import io.sluice.stream.SocketStreamCreator;
import io.sluice.testing.TestAuthority;
import io.sluice.testing.TestCertificate;
import io.sluice.testing.TestChain;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files of a context are replaced, and nobody calls anything: everything that uses the context follows. */
@Feature("automatic reload")
class FollowedContextTest {

    private static final TestAuthority AUTHORITY = TestAuthority.create("authority");
    private static final TestCertificate PEER = TestCertificate.ec("localhost");

    /** Those that show a certificate. */
    private static final Set<Injectable> SHOWING = EnumSet.complementOf(EnumSet.of(Injectable.PARAMETERS));

    @TempDir
    Path directory;

    @ApplicationScoped
    public static class Serving {
        @SocketEndpoint(value = "web", port = 0, address = "127.0.0.1")
        void greet(SocketStream stream) throws IOException {
            Injectable.greet(stream.input(), stream.output());
        }
    }

    private Application.Builder application(RotatedFiles web, RotatedFiles other) {
        return Application.configured(
                        "sluice.ssl.web.trust-store.pem.certs", PEER.certificatePem(),
                        "sluice.ssl.queue.trust-store.pem.certs", PEER.certificatePem())
                .with(web.properties())
                .with(other.properties())
                .beans(Serving.class)
                .beans(LookupPath.BEANS);
    }

    private static <T> T injected(Application application, Class<T> type) {
        return application
                .container()
                .select(type, SslContext.Literal.of("web"))
                .get();
    }

    /** Greets a client, and returns what it saw. */
    private static String shownBy(SSLServerSocket listening) throws IOException {
        CompletableFuture<String> met =
                Peer.with(PEER).meetServer(new Socket(listening.getInetAddress(), listening.getLocalPort()));
        try (SSLSocket accepted = (SSLSocket) listening.accept()) {
            Injectable.greet(accepted.getInputStream(), accepted.getOutputStream());
        }
        return met.join();
    }

    private static String shownByEndpoint(Application application) throws IOException {
        int port = application
                .get(SocketServers.class)
                .named("web")
                .orElseThrow()
                .address()
                .getPort();
        return Peer.with(PEER)
                .meetServer(new Socket(InetAddress.getLoopbackAddress(), port))
                .join();
    }

    @Test
    void everythingThatUsesTheContextShowsTheNewCertificate() throws Exception {
        RotatedFiles web = RotatedFiles.of(AUTHORITY, directory, "web", "before");
        RotatedFiles other = RotatedFiles.of(AUTHORITY, directory, "queue", "queue");
        try (Application application = application(web, other).start();
                SSLServerSocket open = (SSLServerSocket) injected(application, SSLServerSocketFactory.class)
                        .createServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Map<Injectable, Object> found = new EnumMap<>(Injectable.class);
            for (Injectable injectable : SHOWING) {
                found.put(injectable, LookupPath.FIELD.find(application.container(), injectable, "web"));
            }
            assertThat(shownByEach(application, found)).containsOnly("before");
            assertThat(shownBy(open)).isEqualTo("before");
            assertThat(shownByEndpoint(application)).isEqualTo("before");

            web.replace("after");
            web.await(application, 2);

            assertThat(shownByEach(application, found)).containsOnly("after");
            assertThat(shownBy(open)).as("a server socket that was open before").isEqualTo("after");
            assertThat(shownByEndpoint(application)).isEqualTo("after");
            assertThat(application.get(SslContexts.class).describe("queue").generation())
                    .isEqualTo(1);
        }
    }

    private static Set<String> shownByEach(Application application, Map<Injectable, Object> found) throws Exception {
        SocketStreamCreator plain = application
                .container()
                .select(SocketStreamCreator.class, SslContext.Literal.of("none"))
                .get();
        Set<String> shown = new java.util.TreeSet<>();
        for (Map.Entry<Injectable, Object> entry : found.entrySet()) {
            shown.add(entry.getKey().identity(entry.getValue(), Peer.with(PEER), plain));
        }
        return shown;
    }

    @Test
    void descriptionTellsWhatIsInUseAndWhereItComesFrom() throws Exception {
        RotatedFiles web = RotatedFiles.of(AUTHORITY, directory, "web", "before");
        RotatedFiles other = RotatedFiles.of(AUTHORITY, directory, "queue", "queue");
        try (Application application = application(web, other).start()) {
            SslContexts contexts = application.get(SslContexts.class);
            TestChain after = web.replace("after");
            web.await(application, 2);

            ContextDescription described = contexts.describe("web");
            assertThat(described.name()).isEqualTo("web");
            assertThat(described.loadedAt()).isPresent();
            assertThat(described.nextLook()).isPresent();
            assertThat(described.problems()).isEmpty();
            assertThat(described.sources()).containsExactlyInAnyOrder(directory + "/web.crt", directory + "/web.key");
            assertThat(described.keys()).singleElement().satisfies(key -> {
                assertThat(key.name()).isEqualTo("0");
                assertThat(key.chain()).hasSize(2);
                assertThat(key.chain().get(0).certificate())
                        .isEqualTo(after.leaf().certificate());
                assertThat(key.chain().get(0).source()).isEqualTo(directory + "/web.crt");
            });
            assertThat(described.trustAnchors())
                    .singleElement()
                    .satisfies(anchor -> assertThat(anchor.certificate()).isEqualTo(PEER.certificate()));

            Files.delete(web.certificate());
            org.awaitility.Awaitility.await()
                    .until(() -> !contexts.describe("web").problems().isEmpty());
            assertThat(contexts.describe("web").generation()).isEqualTo(2);
            assertThat(contexts.describe("none").keys()).isEmpty();
            assertThat(contexts.describe("none").nextLook()).isEmpty();
        }
    }
}
