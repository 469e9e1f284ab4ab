package io.sluice.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.tuple;

import io.sluice.context.SslContexts;
import io.sluice.it.support.Application;
import io.sluice.it.support.DeploymentMessages;
import io.sluice.management.ClientInfo;
import io.sluice.management.SluiceMXBean;
import io.sluice.message.CorrelatedCodec;
import io.sluice.message.FrameCodec;
import io.sluice.message.FrameException;
import io.sluice.message.Frames;
import io.sluice.stream.SocketStreamException;
import io.sluice.stream.SocketStreamException.Kind;
import io.sluice.testing.TestAuthority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients of messages with servers that die, restart, answer slowly and close idle connections. */
class MessageClientTest {

    private static final Function<String, String> UPPER = line -> line.toUpperCase(Locale.ROOT) + "\n";

    @ApplicationScoped
    public static class Caller {

        @Inject
        @SocketClient("lab")
        MessageClient<String> lab;

        MessageClient<String> lab() {
            return lab;
        }
    }

    /** A message with a number. */
    public record Numbered(int number, String text) {}

    /** Lines such as {@code 7 hello}. */
    @ApplicationScoped
    public static class NumberedCodec implements CorrelatedCodec<Numbered> {

        private final FrameCodec<String> lines = Frames.text(Frames.line(), StandardCharsets.US_ASCII);

        @Override
        public long frameLength(ByteBuffer received, int examined) throws FrameException {
            return lines.frameLength(received, examined);
        }

        @Override
        public Numbered decode(ByteBuffer frame) throws FrameException {
            String[] parts = lines.decode(frame).split(" ", 2);
            return new Numbered(Integer.parseInt(parts[0]), parts[1]);
        }

        @Override
        public ByteBuffer[] encode(Numbered message) throws FrameException {
            return lines.encode(message.number() + " " + message.text());
        }

        @Override
        public Optional<Object> correlation(Numbered message) {
            return Optional.of(message.number());
        }
    }

    @ApplicationScoped
    public static class NumberedCaller {
        @Inject
        @SocketClient("lab")
        MessageClient<Numbered> lab;

        MessageClient<Numbered> lab() {
            return lab;
        }
    }

    @TempDir
    Path directory;

    private final List<LineServer> servers = new ArrayList<>();

    private Application application;

    @AfterEach
    void stop() throws Exception {
        if (application != null) {
            application.close();
        }
        for (LineServer server : servers) {
            server.close();
        }
    }

    private LineServer server(Function<String, String> replies) throws IOException {
        LineServer server = LineServer.plain(replies);
        servers.add(server);
        return server;
    }

    private MessageClient<String> start(String addresses, String... settings) {
        application = Application.configured(
                        "sluice.client.lab.addresses", addresses,
                        "sluice.client.lab.ssl", "none",
                        "sluice.client.lab.frames", "line",
                        "sluice.client.lab.test-after", "1ms",
                        "sluice.client.lab.reply-timeout", "10s")
                .with(settings)
                .beans(Caller.class)
                .start();
        return application.get(Caller.class).lab();
    }

    @Test
    void requestsOneAfterTheOtherUseOneConnection() throws Exception {
        LineServer server = server(UPPER);
        MessageClient<String> lab = start(server.address());
        for (int i = 0; i < 20; i++) {
            assertThat(lab.request("line " + i)).isEqualTo("LINE " + i);
        }
        assertThat(server.accepted()).isEqualTo(1);
    }

    @Test
    void requestsAtTheSameTimeHaveAConnectionEachUpToTheLimit() throws Exception {
        CountDownLatch three = new CountDownLatch(3);
        LineServer server = server(line -> {
            three.countDown();
            await(three);
            return line + "\n";
        });
        MessageClient<String> lab = start(server.address(), "sluice.client.lab.max-size", "3");
        ExecutorService callers = Executors.newFixedThreadPool(6);
        try {
            List<Future<String>> all = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                String line = "line " + i;
                all.add(callers.submit(() -> lab.request(line)));
            }
            for (int i = 0; i < 6; i++) {
                assertThat(all.get(i).get(20, TimeUnit.SECONDS)).isEqualTo("line " + i);
            }
        } finally {
            callers.shutdownNow();
        }
        assertThat(server.accepted()).isEqualTo(3);
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void connectionThatTheServerHasClosedIsNotUsedAgain() throws Exception {
        LineServer server = server(UPPER);
        MessageClient<String> lab = start(server.address());
        for (int i = 1; i <= 3; i++) {
            assertThat(lab.request("a")).isEqualTo("A");
            assertThat(server.accepted()).isEqualTo(i);
            server.endConnections();
            Awaitility.await().until(() -> server.connections() == 0);
        }
    }

    @Test
    void serverThatRestartsIsFoundAgain() throws Exception {
        LineServer server = server(UPPER);
        MessageClient<String> lab = start(server.address());
        assertThat(lab.request("a")).isEqualTo("A");
        server.close();
        Awaitility.await()
                .untilAsserted(() -> assertThatThrownBy(() -> lab.request("b"))
                        .isInstanceOfSatisfying(
                                SocketStreamException.class,
                                e -> assertThat(e.kind()).isEqualTo(Kind.CONNECT_FAILED))
                        .hasMessageContaining("client 'lab'")
                        .hasMessageContaining(server.address()));
        server.restart();
        Awaitility.await().ignoreExceptions().until(() -> lab.request("c").equals("C"));
    }

    @Test
    void whileAllAreDownAFailureIsQuick() throws Exception {
        LineServer server = server(UPPER);
        server.close();
        MessageClient<String> lab =
                start(server.address(), "sluice.client.lab.backoff", "1m", "sluice.client.lab.max-backoff", "1m");
        assertThatThrownBy(() -> lab.request("a")).isInstanceOf(SocketStreamException.class);
        server.restart();
        assertThatThrownBy(() -> lab.request("b"))
                .as("nobody tries again during the back-off")
                .isInstanceOf(SocketStreamException.class)
                .hasMessageContaining(server.address());
        assertThat(server.accepted()).isZero();
    }

    @Test
    void secondAddressServesWhileTheFirstIsDown() throws Exception {
        LineServer first = server(line -> "first\n");
        LineServer second = server(line -> "second\n");
        MessageClient<String> lab = start(
                first.address() + "," + second.address(),
                "sluice.client.lab.backoff",
                "10ms",
                "sluice.client.lab.max-backoff",
                "50ms");
        assertThat(lab.request("a")).isEqualTo("first");
        first.close();
        Awaitility.await().ignoreExceptions().until(() -> lab.request("b").equals("second"));
        first.restart();
        Awaitility.await().until(() -> lab.request("c").equals("first"));
    }

    @Test
    void reportDescribesTheClient() throws Exception {
        LineServer down = server(UPPER);
        down.close();
        LineServer server = server(UPPER);
        MessageClient<String> lab = start(
                down.address() + "," + server.address(),
                "sluice.client.lab.backoff",
                "1m",
                "sluice.client.lab.max-backoff",
                "1m");
        assertThat(lab.request("a")).isEqualTo("A");
        assertThat(lab.request("b")).isEqualTo("B");

        SluiceMXBean report = application.get(SluiceMXBean.class);
        assertThat(report.getClients()).singleElement().satisfies(client -> {
            assertThat(client.getName()).isEqualTo("lab");
            assertThat(client.getContext()).isEqualTo("none");
            assertThat(client.getAddresses())
                    .extracting(
                            ClientInfo.AddressInfo::getAddress,
                            ClientInfo.AddressInfo::getFailures,
                            ClientInfo.AddressInfo::getLastFailure)
                    .containsExactly(tuple(down.address(), 1, "CONNECT_FAILED"), tuple(server.address(), 0, null));
            assertThat(client.getActive()).isZero();
            assertThat(client.getIdle()).isOne();
            assertThat(client.getOpened()).isOne();
            assertThat(client.getLent()).isEqualTo(2);
            assertThat(client.getFailed()).containsExactly(entry("CONNECT_FAILED", 1L));
        });
        assertThat(report.getJson()).contains("\"clients\":[{\"name\":\"lab\",\"context\":\"none\",\"addresses\":[{");
    }

    @Test
    void lateReplyIsNotTakenForThatOfTheNextRequest() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        LineServer server = server(line -> {
            if (line.equals("slow")) {
                await(release);
            }
            return line + "\n";
        });
        MessageClient<String> lab = start(server.address(), "sluice.client.lab.reply-timeout", "300ms");
        assertThatThrownBy(() -> lab.request("slow"))
                .isInstanceOfSatisfying(
                        SocketStreamException.class, e -> assertThat(e.kind()).isEqualTo(Kind.READ_TIMEOUT))
                .hasMessageContaining("sluice.client.lab.reply-timeout");
        release.countDown();
        assertThat(lab.request("next")).isEqualTo("next");
        assertThat(server.accepted()).isEqualTo(2);
    }

    @Test
    void waitForAConnectionEnds() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        CountDownLatch received = new CountDownLatch(1);
        LineServer server = server(line -> {
            received.countDown();
            await(release);
            return line + "\n";
        });
        MessageClient<String> lab =
                start(server.address(), "sluice.client.lab.max-size", "1", "sluice.client.lab.max-wait", "100ms");
        CompletableFuture<String> first = CompletableFuture.supplyAsync(() -> {
            try {
                return lab.request("a");
            } catch (SocketStreamException e) {
                throw new IllegalStateException(e);
            }
        });
        await(received);
        assertThatThrownBy(() -> lab.request("b"))
                .isInstanceOfSatisfying(
                        SocketStreamException.class, e -> assertThat(e.kind()).isEqualTo(Kind.POOL_TIMEOUT))
                .hasMessageContaining("client 'lab'")
                .hasMessageContaining("In use: 1 of 1");
        release.countDown();
        assertThat(first.get(20, TimeUnit.SECONDS)).isEqualTo("a");
    }

    @Test
    void oldConnectionIsReplacedBetweenTwoUses() throws Exception {
        LineServer server = server(UPPER);
        MessageClient<String> lab = start(server.address(), "sluice.client.lab.max-lifetime", "50ms");
        Awaitility.await().until(() -> lab.request("a").equals("A") && server.accepted() >= 3);
    }

    @Test
    void connectionsAreOpenedInAdvance() throws Exception {
        LineServer server = server(UPPER);
        MessageClient<String> lab = start(server.address(), "sluice.client.lab.min-idle", "3");
        Awaitility.await().until(() -> server.connections() == 3);
        assertThat(lab.request("a")).isEqualTo("A");
        assertThat(server.accepted()).isEqualTo(3);
    }

    @Test
    void idleConnectionIsClosed() throws Exception {
        LineServer server = server(UPPER);
        MessageClient<String> lab = start(server.address(), "sluice.client.lab.idle-timeout", "50ms");
        assertThat(lab.request("a")).isEqualTo("A");
        Awaitility.await().until(() -> server.connections() == 0);
    }

    @Test
    void endOfTheApplicationClosesEverything() throws Exception {
        LineServer server = server(UPPER);
        MessageClient<String> lab = start(server.address(), "sluice.client.lab.min-idle", "2");
        assertThat(lab.request("a")).isEqualTo("A");
        Awaitility.await().until(() -> server.connections() >= 2);
        application.close();
        Awaitility.await().until(() -> server.connections() == 0);
        Awaitility.await()
                .until(() -> Thread.getAllStackTraces().keySet().stream()
                        .noneMatch(thread -> thread.getName().startsWith("sluice-clients")));
    }

    @Test
    void rotationReplacesConnectionsAndFailsNoRequest() throws Exception {
        TestAuthority authority = TestAuthority.create("CN=One");
        LineServer server = LineServer.tls(authority.issue("localhost").context(), UPPER);
        servers.add(server);
        Path trust = Files.writeString(directory.resolve("trust.pem"), authority.pem());
        MessageClient<String> lab = start(
                server.address(),
                "sluice.client.lab.ssl",
                "lab",
                "sluice.ssl.lab.trust-store.pem.certs",
                trust.toString(),
                "sluice.ssl.lab.reload-period",
                "off");
        for (int i = 1; i <= 5; i++) {
            for (int k = 0; k < 10; k++) {
                assertThat(lab.request("a")).isEqualTo("A");
            }
            assertThat(server.accepted()).isEqualTo(i);
            Files.writeString(
                    trust,
                    authority.pem() + TestAuthority.create("CN=Other " + i).pem());
            application.get(SslContexts.class).reload("lab");
        }
    }

    @Test
    void sharedConnectionMatchesRepliesOutOfOrder() throws Exception {
        List<String> held = new ArrayList<>();
        LineServer server = server(line -> {
            held.add(line);
            if (held.size() < 3) {
                return "";
            }
            String all = held.get(2) + "\n" + held.get(0) + "\n" + held.get(1) + "\n";
            held.clear();
            return all.toUpperCase(Locale.ROOT);
        });
        application = Application.configured(
                        "sluice.client.lab.addresses", server.address(),
                        "sluice.client.lab.ssl", "none",
                        "sluice.client.lab.shared", "true",
                        "sluice.client.lab.reply-timeout", "20s")
                .beans(NumberedCaller.class, NumberedCodec.class)
                .start();
        MessageClient<Numbered> lab = application.get(NumberedCaller.class).lab();
        ExecutorService callers = Executors.newFixedThreadPool(3);
        try {
            for (int round = 0; round < 5; round++) {
                List<Future<Numbered>> all = new ArrayList<>();
                for (int i = 0; i < 3; i++) {
                    Numbered request = new Numbered(10 * round + i, "text " + i);
                    all.add(callers.submit(() -> lab.request(request)));
                }
                for (int i = 0; i < 3; i++) {
                    assertThat(all.get(i).get(20, TimeUnit.SECONDS))
                            .isEqualTo(new Numbered(10 * round + i, "TEXT " + i));
                }
            }
        } finally {
            callers.shutdownNow();
        }
        assertThat(server.accepted()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"missing address", "unknown context", "unknown frames", "misspelt"})
    void deploymentReportsWhatIsWrong(String problem) {
        String[] settings = switch (problem) {
            case "missing address" -> new String[] {"sluice.client.lab.addresses", " "};
            case "unknown context" -> new String[] {"sluice.client.lab.ssl", "nothing"};
            case "unknown frames" -> new String[] {"sluice.client.lab.frames", "lines"};
            default -> new String[] {"sluice.client.lab.max-sise", "3"};
        };
        assertThatThrownBy(() -> start("localhost:1", settings))
                .extracting(DeploymentMessages::by, InstanceOfAssertFactories.STRING)
                .contains(settings[0].contains("ssl") ? "nothing" : settings[0]);
    }
}
