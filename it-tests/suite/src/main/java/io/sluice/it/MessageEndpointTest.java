package io.sluice.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.context.SslContext;
import io.sluice.context.SslContextSpecifier;
import io.sluice.context.SslSide;
import io.sluice.it.support.Application;
import io.sluice.it.support.Contexts;
import io.sluice.it.support.Feature;
import io.sluice.it.support.Protocol;
import io.sluice.message.FrameCodec;
import io.sluice.message.FrameException;
import io.sluice.server.ConnectionFailed;
import io.sluice.server.ConnectionScoped;
import io.sluice.server.ServerConnection;
import io.sluice.server.SocketEndpoint;
import io.sluice.server.SocketServer;
import io.sluice.server.SocketServers;
import io.sluice.stream.Initarg;
import io.sluice.stream.SocketStream;
import io.sluice.stream.SocketStreamException;
import io.sluice.stream.SocketStreamException.Kind;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InterceptorBinding;
import jakarta.interceptor.InvocationContext;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Endpoints whose methods are called once for each message. */
@Tag("tls")
@Feature("endpoints")
class MessageEndpointTest {

    static final List<ConnectionFailed> FAILED = new CopyOnWriteArrayList<>();
    static final AtomicInteger CALLS_SEEN = new AtomicInteger();
    static final AtomicInteger PARTS_MADE = new AtomicInteger();
    static final AtomicInteger PARTS_ENDED = new AtomicInteger();
    static final AtomicInteger STREAMS_CLOSED = new AtomicInteger();
    static volatile CountDownLatch release = new CountDownLatch(1);
    static final List<CompletableFuture<String>> LATER = new CopyOnWriteArrayList<>();

    @InterceptorBinding
    @Retention(RetentionPolicy.RUNTIME)
    public @interface Seen {}

    @Seen
    @Interceptor
    @Priority(Interceptor.Priority.APPLICATION)
    public static class SeeCalls {
        @AroundInvoke
        Object see(InvocationContext call) throws Exception {
            CALLS_SEEN.incrementAndGet();
            return call.proceed();
        }
    }

    public static class NoticedStream extends SocketStream {
        @PreDestroy
        void end() {
            STREAMS_CLOSED.incrementAndGet();
        }
    }

    @Dependent
    public static class Part {
        public Part() {
            PARTS_MADE.incrementAndGet();
        }

        @PreDestroy
        void end() {
            PARTS_ENDED.incrementAndGet();
        }
    }

    /** The messages of one connection. */
    @ConnectionScoped
    public static class History {
        private final List<String> messages = new ArrayList<>();

        int add(String message) {
            messages.add(message);
            return messages.size();
        }
    }

    /** A message of the application's own. */
    public record Point(int x, int y) {}

    @ApplicationScoped
    public static class PointCodec implements FrameCodec<Point> {
        @Override
        public long frameLength(ByteBuffer received, int examined) {
            return 8;
        }

        @Override
        public Point decode(ByteBuffer frame) throws FrameException {
            int x = frame.getInt();
            if (x < 0) {
                throw new FrameException("x is negative");
            }
            return new Point(x, frame.getInt());
        }

        @Override
        public ByteBuffer[] encode(Point point) {
            return new ByteBuffer[] {
                ByteBuffer.allocate(8).putInt(point.x()).putInt(point.y()).flip()
            };
        }
    }

    @ApplicationScoped
    public static class Services {

        @Inject
        History history;

        @Inject
        @SslContext("tls13")
        SslContextSpecifier tls;

        @Seen
        @SocketEndpoint(value = "upper", port = 0, address = "127.0.0.1", frames = "line")
        String upper(String line) {
            return line.toUpperCase(Locale.ROOT);
        }

        @Seen
        @SocketEndpoint(value = "bytes", port = 0, address = "127.0.0.1", frames = "length:4")
        byte[] bytes(byte[] message) {
            return message;
        }

        @SocketEndpoint(value = "numbered", port = 0, address = "127.0.0.1", frames = "line")
        protected String numbered(
                String line, NoticedStream stream, Part part, ServerConnection connection, Part another) {
            assertThat(part).isNotSameAs(another);
            assertThat(stream.remoteAddress()).isEqualTo(connection.peer());
            return history.add(line) + " " + line;
        }

        @SocketEndpoint(value = "points", port = 0, address = "127.0.0.1")
        public Point mirrored(Point point) {
            return new Point(point.y(), point.x());
        }

        @SocketEndpoint(value = "shapes", port = 0, address = "127.0.0.1", frames = "line")
        Iterable<String> several(String line) {
            return List.of((line + " ").repeat(2).split(" "));
        }

        @SocketEndpoint(value = "streamed", port = 0, address = "127.0.0.1", frames = "line")
        Stream<ByteBuffer> streamed(ByteBuffer line) {
            return Stream.of(line.duplicate(), line.duplicate());
        }

        @SocketEndpoint(value = "optional", port = 0, address = "127.0.0.1", frames = "line")
        Optional<String> optional(byte[] line) {
            return Optional.of(new String(line, StandardCharsets.US_ASCII)).filter(text -> !text.equals("quiet"));
        }

        @SocketEndpoint(value = "later", port = 0, address = "127.0.0.1", frames = "line")
        CompletionStage<String> later(String line) {
            CompletableFuture<String> reply = new CompletableFuture<>();
            LATER.add(reply);
            return reply.thenApply(text -> text + line);
        }

        @SocketEndpoint(value = "waiting", port = 0, address = "127.0.0.1", frames = "line")
        String waiting(String line) throws InterruptedException {
            if (line.equals("wait")) {
                release.await(30, TimeUnit.SECONDS);
            }
            return line;
        }

        @SocketEndpoint(value = "reading", port = 0, address = "127.0.0.1", frames = "line")
        String reading(String line, SocketStream stream) throws IOException {
            byte[] more = stream.input().readNBytes(Integer.parseInt(line));
            return new String(more, StandardCharsets.US_ASCII);
        }

        @SocketEndpoint(value = "upgrading", port = 0, address = "127.0.0.1", ssl = "none", frames = "line")
        String upgrading(String line, SocketStream stream) throws IOException {
            if (line.equals("STARTTLS")) {
                stream.output().write("go\n".getBytes(StandardCharsets.US_ASCII));
                stream.attachSsl(tls, Initarg.sslSide(SslSide.SERVER));
                return null;
            }
            return stream.tls().isPresent() + " " + line;
        }

        @SocketEndpoint(value = "blocks", port = 0, address = "127.0.0.1", frames = "mllp")
        String block(String block) {
            return block;
        }

        @SocketEndpoint(value = "failing", port = 0, address = "127.0.0.1", frames = "line")
        void failing(String line) throws IOException {
            throw new IOException("on purpose");
        }
    }

    @ApplicationScoped
    public static class Watch {
        void note(@Observes ConnectionFailed failed) {
            FAILED.add(failed);
        }
    }

    private Application application;

    private void start(Protocol way, String... more) {
        FAILED.clear();
        LATER.clear();
        release = new CountDownLatch(1);
        List.of(CALLS_SEEN, PARTS_MADE, PARTS_ENDED, STREAMS_CLOSED).forEach(count -> count.set(0));
        Application.Builder builder = Application.configured(more);
        for (String name : List.of(
                "upper",
                "bytes",
                "numbered",
                "points",
                "shapes",
                "streamed",
                "optional",
                "later",
                "waiting",
                "reading",
                "blocks",
                "failing")) {
            builder.with("sluice.endpoint." + name + ".ssl", way.context);
        }
        application = builder.beans(
                        Contexts.class,
                        Services.class,
                        History.class,
                        NoticedStream.class,
                        Part.class,
                        PointCodec.class,
                        Watch.class,
                        SeeCalls.class)
                .start();
    }

    @AfterEach
    void stop() {
        release.countDown();
        if (application != null) {
            application.close();
        }
    }

    private SocketServer server(String name) {
        return application.get(SocketServers.class).named(name).orElseThrow();
    }

    private SocketStream connected(Protocol way, String name) throws IOException {
        return application
                .get(Contexts.class)
                .connector(way)
                .open(
                        "localhost",
                        server(name).address().getPort(),
                        SocketStream.class,
                        Initarg.readTimeout(Duration.ofSeconds(20)))
                .orElseThrow();
    }

    private static void send(SocketStream client, String text) throws IOException {
        client.output().write(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static String line(SocketStream client) throws IOException {
        return client.reader().readLine();
    }

    private void awaitNoConnection(String name) {
        Awaitility.await().until(() -> server(name).connections() == 0);
    }

    @ParameterizedTest
    @EnumSource
    void methodIsCalledForEachMessageInOrder(Protocol way) throws Exception {
        start(way);
        try (SocketStream client = connected(way, "upper")) {
            send(client, "one\n");
            assertThat(line(client)).isEqualTo("ONE");
            send(client, "two\nthree\nfo");
            assertThat(line(client)).isEqualTo("TWO");
            assertThat(line(client)).isEqualTo("THREE");
            send(client, "ur\n");
            assertThat(line(client)).isEqualTo("FOUR");
            assertThat(CALLS_SEEN).hasValue(4);
        }
        awaitNoConnection("upper");
        assertThat(FAILED).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void frameOfAnySizeArrivesWhole(Protocol way) throws Exception {
        start(way, "sluice.endpoint.bytes.max-frame", "3000000");
        try (SocketStream client = connected(way, "bytes")) {
            for (int size : new int[] {0, 1, 511, 512, 513, 16_384, 40_000, 2_999_996}) {
                byte[] message = new byte[size];
                for (int i = 0; i < size; i++) {
                    message[i] = (byte) (i * 31);
                }
                Thread writer = new Thread(() -> {
                    try {
                        client.write(ByteBuffer.allocate(4).putInt(0, size), ByteBuffer.wrap(message));
                    } catch (SocketStreamException e) {
                        throw new IllegalStateException(e);
                    }
                });
                writer.start();
                assertThat(ByteBuffer.wrap(client.input().readNBytes(4)).getInt())
                        .isEqualTo(size);
                assertThat(client.input().readNBytes(size)).isEqualTo(message);
                writer.join();
            }
        }
        awaitNoConnection("bytes");
        assertThat(FAILED).isEmpty();
    }

    @Test
    void connectionKeepsItsScopeBetweenMessages() throws Exception {
        start(Protocol.TLS13);
        try (SocketStream first = connected(Protocol.TLS13, "numbered");
                SocketStream second = connected(Protocol.TLS13, "numbered")) {
            for (int i = 1; i <= 3; i++) {
                send(first, "a\n");
                assertThat(line(first)).isEqualTo(i + " a");
            }
            send(second, "b\n");
            assertThat(line(second)).isEqualTo("1 b");
            assertThat(PARTS_MADE).hasValue(8);
            Awaitility.await().untilAsserted(() -> assertThat(PARTS_ENDED).hasValue(8));
            assertThat(STREAMS_CLOSED).hasValue(0);
        }
        awaitNoConnection("numbered");
        assertThat(STREAMS_CLOSED).hasValue(2);
    }

    @Test
    void codecOfTheApplicationMakesMessagesOfItsOwn() throws Exception {
        start(Protocol.TLS13);
        try (SocketStream client = connected(Protocol.TLS13, "points")) {
            client.write(ByteBuffer.allocate(8).putInt(3).putInt(4).flip());
            ByteBuffer reply = ByteBuffer.wrap(client.input().readNBytes(8));
            assertThat(reply.getInt()).isEqualTo(4);
            assertThat(reply.getInt()).isEqualTo(3);
            client.write(ByteBuffer.allocate(8).putInt(-1).putInt(4).flip());
            assertThat(client.input().read()).isEqualTo(-1);
        }
        Awaitility.await().until(() -> !FAILED.isEmpty());
        assertThat(FAILED.get(0).cause())
                .isInstanceOfSatisfying(
                        SocketStreamException.class, e -> assertThat(e.kind()).isEqualTo(Kind.FRAME_INVALID))
                .hasMessageContaining("x is negative");
    }

    @ParameterizedTest
    @ValueSource(strings = {"shapes", "streamed"})
    void replyMayHaveSeveralMessages(String endpoint) throws Exception {
        start(Protocol.PLAIN);
        try (SocketStream client = connected(Protocol.PLAIN, endpoint)) {
            send(client, "x\n");
            assertThat(line(client)).isEqualTo("x");
            assertThat(line(client)).isEqualTo("x");
        }
    }

    @Test
    void replyMayBeMissing() throws Exception {
        start(Protocol.PLAIN);
        try (SocketStream client = connected(Protocol.PLAIN, "optional")) {
            send(client, "quiet\nloud\n");
            assertThat(line(client)).isEqualTo("loud");
        }
    }

    @Test
    void replyMayComeLaterAndTheNextMessageWaits() throws Exception {
        start(Protocol.TLS13);
        try (SocketStream client = connected(Protocol.TLS13, "later")) {
            send(client, "1\n2\n");
            Awaitility.await().until(() -> LATER.size() == 1);
            LATER.get(0).complete("a");
            assertThat(line(client)).isEqualTo("a1");
            Awaitility.await().until(() -> LATER.size() == 2);
            LATER.get(1).completeExceptionally(new IOException("on purpose"));
            assertThat(client.input().read()).isEqualTo(-1);
        } catch (SocketStreamException truncated) {
            assertThat(truncated.kind()).isIn(Kind.TRUNCATED, Kind.IO);
        }
        Awaitility.await().until(() -> !FAILED.isEmpty());
        assertThat(FAILED.get(0).cause()).hasMessage("on purpose");
    }

    @Test
    void slowHandlerDelaysNoOtherConnection() throws Exception {
        start(Protocol.TLS13);
        try (SocketStream slow = connected(Protocol.TLS13, "waiting");
                SocketStream fast = connected(Protocol.TLS13, "waiting")) {
            send(slow, "wait\nafter\n");
            for (int i = 0; i < 10; i++) {
                send(fast, i + "\n");
                assertThat(line(fast)).isEqualTo(String.valueOf(i));
            }
            release.countDown();
            assertThat(line(slow)).isEqualTo("wait");
            assertThat(line(slow)).isEqualTo("after");
        }
    }

    @ParameterizedTest
    @EnumSource
    void handlerMayReadMoreItself(Protocol way) throws Exception {
        start(way);
        try (SocketStream client = connected(way, "reading")) {
            send(client, "3\nabc2\nde6\nfg");
            assertThat(line(client)).isEqualTo("abc");
            assertThat(line(client)).isEqualTo("de");
            send(client, "hi");
            Awaitility.await().until(() -> server("reading").connections() == 1);
            send(client, "jk");
            assertThat(line(client)).isEqualTo("fghijk");
        }
        awaitNoConnection("reading");
        assertThat(FAILED).isEmpty();
    }

    @Test
    void handlerMayAttachTls() throws Exception {
        start(Protocol.PLAIN);
        try (SocketStream client = connected(Protocol.PLAIN, "upgrading")) {
            send(client, "hello\n");
            assertThat(line(client)).isEqualTo("false hello");
            send(client, "STARTTLS\n");
            assertThat(line(client)).isEqualTo("go");
            client.attachSsl(application
                    .container()
                    .select(SslContextSpecifier.class, SslContext.Literal.of("tls13"))
                    .get());
            send(client, "hello\n");
            assertThat(line(client)).isEqualTo("true hello");
        }
        awaitNoConnection("upgrading");
        assertThat(FAILED).isEmpty();
    }

    @Test
    void failingHandlerEndsItsConnectionOnly() throws Exception {
        start(Protocol.PLAIN);
        try (SocketStream other = connected(Protocol.PLAIN, "failing")) {
            try (SocketStream client = connected(Protocol.PLAIN, "failing")) {
                send(client, "x\n");
                Awaitility.await().until(() -> FAILED.size() == 1);
            }
            assertThat(server("failing").connections()).isEqualTo(1);
            assertThat(other.isOpen()).isTrue();
        }
    }

    @Test
    void idleConnectionsEndAtOnceWithTheServer() throws Exception {
        start(Protocol.TLS13);
        List<SocketStream> clients = new ArrayList<>();
        try {
            for (int i = 0; i < 20; i++) {
                clients.add(connected(Protocol.TLS13, "upper"));
            }
            SocketServer server = server("upper");
            Awaitility.await().until(() -> server.connections() == 20);
            long start = System.nanoTime();
            assertThat(server.terminate()).isTrue();
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
            for (SocketStream client : clients) {
                assertThat(client.input().read()).isEqualTo(-1);
            }
            assertThat(server.awaitEnd(Duration.ofSeconds(10))).isTrue();
        } finally {
            for (SocketStream client : clients) {
                client.close();
            }
        }
        assertThat(FAILED).isEmpty();
    }

    /** The time of a frame would end first, if the line end began one. */
    @ParameterizedTest
    @EnumSource
    void lineEndAfterABlockBeginsNoFrame(Protocol way) throws Exception {
        start(way, "sluice.endpoint.blocks.frame-timeout", "200ms", "sluice.endpoint.blocks.idle-timeout", "1s");
        try (SocketStream client = connected(way, "blocks")) {
            send(client, "\u000bone\u001c\r\n");
            assertThat(client.input().readNBytes(6)).isEqualTo("\u000bone\u001c\r".getBytes(StandardCharsets.US_ASCII));
            Awaitility.await().until(() -> !FAILED.isEmpty());
        }
        assertThat(FAILED)
                .singleElement()
                .satisfies(failed -> assertThat(((SocketStreamException) failed.cause()).kind())
                        .isEqualTo(Kind.IDLE_TIMEOUT));
    }

    /** A kind of bad input, with its limit and the condition. */
    enum BadInput {
        TOO_LONG("0123456789\n", "sluice.endpoint.upper.max-frame", "10", Kind.FRAME_TOO_LONG),
        ENDLESS("01234567890", "sluice.endpoint.upper.max-frame", "10", Kind.FRAME_TOO_LONG),
        SLOW("012", "sluice.endpoint.upper.frame-timeout", "200ms", Kind.FRAME_TIMEOUT),
        IDLE("ok\n", "sluice.endpoint.upper.idle-timeout", "200ms", Kind.IDLE_TIMEOUT);

        private final String sent;
        private final String key;
        private final String value;
        private final Kind kind;

        BadInput(String sent, String key, String value, Kind kind) {
            this.sent = sent;
            this.key = key;
            this.value = value;
            this.kind = kind;
        }
    }

    @ParameterizedTest
    @EnumSource
    void badInputEndsTheConnectionWithItsCondition(BadInput input) throws Exception {
        start(Protocol.TLS13, input.key, input.value);
        try (SocketStream client = connected(Protocol.TLS13, "upper")) {
            send(client, input.sent);
            while (client.input().read() >= 0) {
                // The replies before the end.
            }
        }
        Awaitility.await().until(() -> !FAILED.isEmpty());
        assertThat(FAILED.get(0).cause())
                .isInstanceOfSatisfying(
                        SocketStreamException.class, e -> assertThat(e.kind()).isEqualTo(input.kind))
                .hasMessageContaining(input.key.substring("sluice.endpoint.upper.".length()))
                .hasMessageContaining("context 'tls13'");
        awaitNoConnection("upper");
    }

    /** Its requests wait in the kernel, and its connection has no thread. */
    @Test
    void peerThatNeverReadsItsRepliesIsReceivedNoMore() throws Exception {
        start(Protocol.TLS13, "sluice.endpoint.bytes.write-timeout", "2s", "sluice.endpoint.bytes.send-buffer", "4096");
        try (SocketStream client = connected(Protocol.TLS13, "bytes")) {
            client.writeTimeout(Duration.ofSeconds(1));
            ByteBuffer frame = ByteBuffer.allocate(4_004).putInt(4_000).clear();
            SocketStreamException stuck = null;
            for (int i = 0; i < 10_000 && stuck == null; i++) {
                try {
                    client.write(frame.duplicate());
                } catch (SocketStreamException e) {
                    stuck = e;
                }
            }
            assertThat(stuck).isNotNull();
        }
        Awaitility.await().until(() -> !FAILED.isEmpty());
        assertThat(FAILED.get(0).cause())
                .isInstanceOfSatisfying(
                        SocketStreamException.class,
                        e -> assertThat(e.kind()).isIn(Kind.WRITE_TIMEOUT, Kind.IO, Kind.PEER_CLOSED));
        awaitNoConnection("bytes");
    }

    @Test
    void replyArrivesWholeIfItsPeerReadsSlowly() throws Exception {
        start(
                Protocol.TLS13,
                "sluice.endpoint.bytes.max-frame",
                "4000000",
                "sluice.endpoint.bytes.send-buffer",
                "4096");
        try (SocketStream client = connected(Protocol.TLS13, "bytes")) {
            byte[] message = new byte[3_000_000];
            for (int i = 0; i < message.length; i++) {
                message[i] = (byte) (i * 7);
            }
            client.write(
                    ByteBuffer.allocate(4).putInt(0, message.length),
                    ByteBuffer.wrap(message),
                    ByteBuffer.allocate(5).putInt(0, 1));
            Awaitility.await().until(() -> CALLS_SEEN.get() == 1);
            assertThat(client.input().readNBytes(4)).hasSize(4);
            assertThat(client.input().readNBytes(message.length)).isEqualTo(message);
            assertThat(client.input().readNBytes(5)).containsExactly(0, 0, 0, 1, 0);
        }
        awaitNoConnection("bytes");
        assertThat(FAILED).isEmpty();
    }

    @Test
    void floodOfEmptyFramesDelaysNoOtherConnection() throws Exception {
        start(Protocol.PLAIN, "sluice.endpoint.upper.max-handlers", "1", "sluice.endpoint.upper.threads", "platform");
        try (SocketStream flood = connected(Protocol.PLAIN, "upper");
                SocketStream other = connected(Protocol.PLAIN, "upper")) {
            Thread reader = new Thread(() -> {
                try {
                    flood.input().transferTo(OutputStream.nullOutputStream());
                } catch (IOException e) {
                    // The end of the test.
                }
            });
            reader.start();
            AtomicBoolean flooding = new AtomicBoolean(true);
            Thread writer = new Thread(() -> {
                try {
                    while (flooding.get()) {
                        send(flood, "\n".repeat(1_000));
                    }
                } catch (IOException e) {
                    // The end of the test.
                }
            });
            writer.start();
            for (int i = 0; i < 20; i++) {
                send(other, "a\n");
                assertThat(line(other)).isEqualTo("A");
            }
            flooding.set(false);
            writer.join();
            flood.shutdownOutput();
            reader.join();
        }
    }

    @Test
    void connectionWithoutAPermitGetsThatOfOneThatEnds() throws Exception {
        start(Protocol.TLS13, "sluice.endpoint.upper.max-connections", "1");
        SocketStream first = connected(Protocol.TLS13, "upper");
        CompletableFuture<String> second = CompletableFuture.supplyAsync(() -> {
            try (SocketStream client = connected(Protocol.TLS13, "upper")) {
                send(client, "b\n");
                return line(client);
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
        send(first, "a\n");
        assertThat(line(first)).isEqualTo("A");
        assertThat(second).isNotDone();
        first.close();
        assertThat(second.get(20, TimeUnit.SECONDS)).isEqualTo("B");
    }

    @Test
    void clientBehindABalancerIsKnown() throws Exception {
        start(
                Protocol.PLAIN,
                "sluice.endpoint.numbered.proxy-protocol",
                "v1",
                "sluice.endpoint.numbered.trusted-proxies",
                "127.0.0.1");
        try (Socket client =
                new Socket("127.0.0.1", server("numbered").address().getPort())) {
            client.setSoTimeout(20_000);
            client.getOutputStream()
                    .write("PROXY TCP4 192.0.2.7 127.0.0.1 40000 443\r\na\n".getBytes(StandardCharsets.US_ASCII));
            assertThat(client.getInputStream().readNBytes(4))
                    .asString(StandardCharsets.US_ASCII)
                    .isEqualTo("1 a\n");
            assertThat(application.get(SocketServers.class).describe().stream()
                            .filter(description -> description.name().equals("numbered"))
                            .flatMap(description -> description.connections().stream())
                            .map(connection -> connection.peer().toString()))
                    .containsExactly("/192.0.2.7:40000");
        }
    }

    /** It has sent nothing that a thread could work on. */
    @Test
    void silentClientHasTheTimeOfTheHandshake() throws Exception {
        start(Protocol.TLS13, "sluice.endpoint.upper.handshake-timeout", "300ms");
        try (Socket client = new Socket("127.0.0.1", server("upper").address().getPort())) {
            client.setSoTimeout(20_000);
            client.getInputStream().read();
        } catch (SocketException reset) {
            // The server has ended the connection in either case.
        }
        Awaitility.await().until(() -> !FAILED.isEmpty());
        assertThat(FAILED.get(0).cause())
                .isInstanceOfSatisfying(
                        SocketStreamException.class, e -> assertThat(e.kind()).isEqualTo(Kind.HANDSHAKE_TIMEOUT));
    }
}
