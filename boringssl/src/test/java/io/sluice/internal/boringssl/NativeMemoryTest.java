package io.sluice.internal.boringssl;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.context.SslContext;
import io.sluice.it.support.Application;
import io.sluice.server.SocketEndpoint;
import io.sluice.server.SocketServers;
import io.sluice.stream.Initarg;
import io.sluice.stream.SocketStream;
import io.sluice.stream.SocketStreamConnector;
import io.sluice.stream.StreamResult;
import io.sluice.testing.TestAuthority;
import io.sluice.testing.internal.ChildJvm;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Native memory is released, however a connection ends. */
class NativeMemoryTest {

    private static final TestAuthority AUTHORITY = TestAuthority.create("authority");
    private static final String STRANGER = TestAuthority.create("stranger").pem();

    @ApplicationScoped
    public static class Echo {

        @SocketEndpoint(value = "echo", port = 0, address = "127.0.0.1", ssl = "web")
        void echo(SocketStream stream) throws IOException {
            int first = stream.input().read();
            if (first == '!') {
                throw new IllegalStateException("the handler fails");
            }
            if (first >= 0) {
                stream.output().write(first);
                stream.input().transferTo(stream.output());
            }
        }
    }

    /** A stream whose instance cannot be made after the handshake. */
    @Dependent
    public static class Unmade extends SocketStream {
        @PostConstruct
        void fail() {
            throw new IllegalStateException("the instance fails");
        }
    }

    /** How a connection ends. */
    enum Ending {
        CLOSED {
            @Override
            void run(Clients clients) throws IOException {
                try (SocketStream stream = clients.open("peer").orElseThrow()) {
                    stream.output().write('x');
                    stream.output().flush();
                    assertThat(stream.input().read()).isEqualTo('x');
                }
            }
        },
        HANDLER_FAILED {
            @Override
            void run(Clients clients) throws IOException {
                try (SocketStream stream = clients.open("peer").orElseThrow()) {
                    stream.output().write('!');
                    stream.output().flush();
                    stream.input().read();
                } catch (IOException expected) {
                    return; // The server may end without close_notify.
                }
            }
        },
        SERVER_NOT_TRUSTED {
            @Override
            void run(Clients clients) throws IOException {
                assertThat(clients.open("stranger").findCondition()).isPresent();
            }
        },
        WRONG_APPLICATION_INSTANCE {
            @Override
            void run(Clients clients) throws IOException {
                try {
                    clients.connector("peer").open("127.0.0.1", clients.port(), Unmade.class);
                } catch (RuntimeException expected) {
                    return;
                }
                throw new AssertionError("an instance that fails was made");
            }
        },
        CONFIGURER_FAILED {
            @Override
            void run(Clients clients) throws IOException {
                try {
                    clients.open("peer", Initarg.engineConfigurer(engine -> {
                        throw new IllegalStateException("the configurer fails");
                    }));
                } catch (IllegalStateException expected) {
                    return;
                }
                throw new AssertionError("the configurer did not run");
            }
        },
        NO_TLS {
            @Override
            void run(Clients clients) throws IOException {
                clients.send("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            }
        },
        NOTHING_SENT {
            @Override
            void run(Clients clients) throws IOException {
                clients.send(new byte[0]);
            }
        },
        HALF_A_HELLO {
            @Override
            void run(Clients clients) throws IOException {
                clients.send(new byte[] {22, 3, 1, 2, 0, 1, 0, 1, (byte) 0xfc, 3, 3});
            }
        },
        RESET_AFTER_THE_HANDSHAKE {
            @Override
            void run(Clients clients) throws IOException {
                Socket socket = new Socket("127.0.0.1", clients.port());
                socket.setSoLinger(true, 0);
                StreamResult<SocketStream> opened = clients.container
                        .select(io.sluice.stream.SocketStreamCreator.class, SslContext.Literal.of("peer"))
                        .get()
                        .create(socket, SocketStream.class, Initarg.sslSide(io.sluice.context.SslSide.CLIENT));
                opened.orElseThrow();
                socket.close();
                opened.orElseThrow().close();
            }
        };

        abstract void run(Clients clients) throws IOException;
    }

    /** The clients of one application. */
    private record Clients(jakarta.enterprise.inject.Instance<Object> container, int port) {

        SocketStreamConnector connector(String context) {
            return container
                    .select(SocketStreamConnector.class, SslContext.Literal.of(context))
                    .get();
        }

        StreamResult<SocketStream> open(String context, Initarg... initargs) throws IOException {
            return connector(context).open("127.0.0.1", port, SocketStream.class, initargs);
        }

        void send(byte[] bytes) throws IOException {
            try (Socket socket = new Socket("127.0.0.1", port)) {
                socket.getOutputStream().write(bytes);
                socket.shutdownOutput();
                socket.getInputStream().readAllBytes();
            }
        }
    }

    private static Application start() {
        return TestContexts.of(AUTHORITY)
                .with("stranger.trust-store.pem.certs", STRANGER)
                .with("stranger.engine", "boringssl")
                .start(Echo.class, Unmade.class);
    }

    private static Clients clients(Application application) {
        return new Clients(
                application.container(),
                application
                        .get(SocketServers.class)
                        .named("echo")
                        .orElseThrow()
                        .address()
                        .getPort());
    }

    @AfterEach
    void nothingIsLeft() {
        TestContexts.assertNothingIsLeft();
    }

    @ParameterizedTest
    @EnumSource
    void engineIsReleasedHoweverItsConnectionEnds(Ending ending) throws Exception {
        try (Application application = start()) {
            ending.run(clients(application));
            org.awaitility.Awaitility.await()
                    .atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat(LiveObjects.ENGINES).hasValue(0));
        }
    }

    /**
     * Makes as many connections as the argument says, half of which fail, at each stage. Prints how resident memory has grown since the
     * first third, which fills the caches of sessions, code and buffers.
     */
    static final class Thousands {

        private Thousands() {}

        public static void main(String[] arguments) throws Exception {
            Logger.getLogger("").setLevel(Level.OFF);
            int connections = Integer.parseInt(arguments[0]);
            List<Ending> failures = List.of(Ending.values()).subList(1, Ending.values().length);
            long warm = 0;
            try (Application application = start()) {
                Clients clients = clients(application);
                for (int done = 0; done < connections; done++) {
                    if (done % (connections / 12) == 0) {
                        System.err.println(done + " connections: " + residentKiB() + " KiB");
                    }
                    if (done == connections / 3) {
                        warm = residentKiB();
                    }
                    Ending ending = done % 2 == 0
                            ? Ending.CLOSED
                            : failures.get(ThreadLocalRandom.current().nextInt(failures.size()));
                    ending.run(clients);
                }
                System.out.println(residentKiB() - warm);
            }
        }
    }

    @Test
    @Tag("long")
    @Timeout(1200)
    void memoryStaysTheSameOverThousandsOfConnections() throws Exception {
        assertThat(growth(20_000)).isLessThan(16_384);
    }

    @Test
    @Tag("figures")
    @Timeout(7200)
    void memoryStaysTheSameOverHundredsOfThousandsOfConnections() throws Exception {
        assertThat(growth(200_000)).isLessThan(16_384);
    }

    /** The growth in KiB. The heap is of a fixed size that is resident from the beginning, so what grows is outside of it. */
    private static long growth(int connections) throws Exception {
        String output = ChildJvm.of(Thousands.class)
                .options("-Xms256m", "-Xmx256m", "-XX:+AlwaysPreTouch", "-XX:+UseSerialGC")
                .run(Integer.toString(connections));
        return output.lines().reduce((first, last) -> last).map(Long::parseLong).orElseThrow();
    }

    private static long residentKiB() throws IOException {
        System.gc();
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElseThrow();
    }
}
