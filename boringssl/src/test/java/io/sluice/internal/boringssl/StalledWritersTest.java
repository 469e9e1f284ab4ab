package io.sluice.internal.boringssl;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.context.SslContext;
import io.sluice.context.SslSide;
import io.sluice.it.support.Application;
import io.sluice.server.ConnectionFailed;
import io.sluice.server.SocketEndpoint;
import io.sluice.server.SocketServers;
import io.sluice.stream.Initarg;
import io.sluice.stream.SocketStream;
import io.sluice.stream.SocketStreamCreator;
import io.sluice.testing.TestAuthority;
import io.sluice.testing.internal.ChildJvm;
import io.sluice.testing.internal.ProcessPeer;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Peers that do not read leave direct memory for others. */
class StalledWritersTest {

    /** With a direct buffer for each of them, they would fill the direct memory of the server's JVM. */
    private static final int STALLED = 1328;

    private static final String DIRECT_MEMORY = "-XX:MaxDirectMemorySize=48m";
    private static final int BYTES = 4 << 20;

    /** Of each socket, so that the kernel does not need gigabytes. */
    private static final int SOCKET_BUFFER = 16 * 1024;

    private static final String WRITING = " threads write";
    private static final Pattern PORT = Pattern.compile("port (\\d+)");
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final TestAuthority AUTHORITY = TestAuthority.create("authority");

    @TempDir
    Path directory;

    /** The server's application. A byte of the client chooses between an echo and megabytes. */
    @ApplicationScoped
    public static class Service {

        private final byte[] megabytes = megabytes();

        @SocketEndpoint(value = "service", port = 0, address = "127.0.0.1", ssl = "web")
        void serve(SocketStream stream) throws IOException {
            int first = stream.input().read();
            if (first == 'm') {
                stream.output().write(megabytes);
            } else {
                stream.output().write(first);
            }
        }

        void report(@Observes ConnectionFailed failed) {
            System.out.println("failed: " + failed.cause());
        }
    }

    private static byte[] megabytes() {
        byte[] bytes = new byte[BYTES];
        new Random(1).nextBytes(bytes);
        return bytes;
    }

    /** Serves in a JVM of its own. Answers each line of its input with the number of threads that are in a write to a socket. */
    static final class Server {

        private static final String SOCKET = "io.sluice.internal.transport.SocketOutput";

        private Server() {}

        public static void main(String[] arguments) throws Exception {
            Map<String, String> properties = System.getProperties().stringPropertyNames().stream()
                    .filter(name -> name.startsWith("sluice."))
                    .collect(Collectors.toMap(name -> name, System::getProperty));
            try (Application application = Application.configured()
                    .with(properties)
                    .beans(Service.class)
                    .start()) {
                System.out.println("port "
                        + application
                                .get(SocketServers.class)
                                .named("service")
                                .orElseThrow()
                                .address()
                                .getPort());
                BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
                while (in.readLine() != null) {
                    System.out.println(writing() + WRITING);
                }
            }
        }

        private static long writing() {
            return Thread.getAllStackTraces().values().stream()
                    .filter(frames -> Stream.of(frames)
                            .anyMatch(frame -> frame.getClassName().startsWith(SOCKET)
                                    && frame.getMethodName().equals("write")))
                    .count();
        }
    }

    private ProcessPeer server() throws IOException {
        TicketFiles files = new TicketFiles(AUTHORITY, directory);
        files.certificate();
        files.trust(AUTHORITY);
        ChildJvm jvm = ChildJvm.of(Server.class).options("-Xmx256m", DIRECT_MEMORY);
        files.properties("client-auth", "", "client-auth.allow.dns", "", "session.ticket-keys", "")
                .forEach(jvm::property);
        return jvm.property("sluice.endpoint.service.threads", "platform")
                .property("sluice.endpoint.service.max-connections", Integer.toString(STALLED + 100))
                .property("sluice.endpoint.service.send-buffer", Integer.toString(SOCKET_BUFFER))
                .start();
    }

    /** The clients of one application, which are in this JVM. */
    private record Clients(SocketStreamCreator creator, InetSocketAddress server) {

        SocketStream ask(char first) throws IOException {
            Socket raw = new Socket();
            try {
                raw.setReceiveBufferSize(SOCKET_BUFFER);
                raw.setSoTimeout(60_000);
                raw.connect(server);
            } catch (IOException e) {
                raw.close();
                throw e;
            }
            SocketStream stream = creator.create(raw, SocketStream.class, Initarg.sslSide(SslSide.CLIENT))
                    .orElseThrow();
            stream.output().write(first);
            return stream;
        }
    }

    private static int port(ProcessPeer server) {
        server.awaitOutputAfter(0, "port ", PATIENCE);
        Matcher port = PORT.matcher(server.output());
        assertThat(port.find()).isTrue();
        return Integer.parseInt(port.group(1));
    }

    private static void awaitStalled(ProcessPeer server) {
        Awaitility.await().atMost(PATIENCE.multipliedBy(2)).untilAsserted(() -> {
            int earlier = server.output().length();
            server.sendLine("?");
            server.awaitOutputAfter(earlier, WRITING, PATIENCE);
            assertThat(server.output().substring(earlier).lines()).contains(STALLED + WRITING);
        });
    }

    private static void serveWhileOthersStall(Clients clients, List<SocketStream> stalled, ProcessPeer server)
            throws Exception {
        for (int i = 0; i < STALLED; i++) {
            stalled.add(clients.ask('m'));
        }
        awaitStalled(server);
        try (SocketStream further = clients.ask('x')) {
            assertThat(further.input().readAllBytes()).isEqualTo(new byte[] {'x'});
        }
        awaitStalled(server);
        byte[] megabytes = megabytes();
        for (SocketStream one : List.of(stalled.get(0), stalled.get(STALLED - 1))) {
            assertThat(one.input().readAllBytes()).isEqualTo(megabytes);
        }
        assertThat(server.output()).doesNotContain("failed", "OutOfMemoryError");
    }

    @Test
    @Tag("long")
    @Timeout(300)
    void furtherClientIsServed() throws Exception {
        List<SocketStream> stalled = new ArrayList<>();
        try (ProcessPeer server = server();
                Application application = TestContexts.of(AUTHORITY).start()) {
            Clients clients = new Clients(
                    application
                            .container()
                            .select(SocketStreamCreator.class, SslContext.Literal.of("peer"))
                            .get(),
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), port(server)));
            try {
                serveWhileOthersStall(clients, stalled, server);
            } catch (IOException | RuntimeException | AssertionError e) {
                throw new AssertionError("the server printed: " + server.output(), e);
            } finally {
                stalled.forEach(SocketStream::abort);
            }
        }
    }
}
