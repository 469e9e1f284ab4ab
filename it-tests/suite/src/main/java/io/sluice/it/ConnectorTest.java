package io.sluice.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.it.support.Application;
import io.sluice.it.support.Contexts;
import io.sluice.it.support.Fault;
import io.sluice.it.support.FaultyStreams;
import io.sluice.it.support.FaultyStreams.Discovered;
import io.sluice.it.support.Lifecycle;
import io.sluice.it.support.Misbehaviour;
import io.sluice.it.support.PeerBehaviour;
import io.sluice.it.support.Protocol;
import io.sluice.stream.Initarg;
import io.sluice.stream.SocketStreamException;
import io.sluice.stream.SocketStreamException.Kind;
import io.sluice.testing.FullBacklog;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Connections that fail: the server sees them end. */
@Tag("tls")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConnectorTest {

    @AutoClose
    private final Application application = Application.configured()
            .beans(Contexts.class)
            .beans(FaultyStreams.BEANS)
            .beans(Misbehaviour.BEANS)
            .start();

    @BeforeEach
    void clear() {
        Lifecycle.clear();
    }

    @Test
    void openWhereNobodyListensIsCondition() throws Exception {
        int port;
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = server.getLocalPort();
        }
        SocketStreamException condition = application
                .get(Contexts.class)
                .connector(Protocol.TLS13)
                .open("127.0.0.1", port, Discovered.class)
                .findCondition()
                .orElseThrow();
        assertThat(condition.kind()).isEqualTo(Kind.CONNECT_FAILED);
        assertThat(condition).hasMessageStartingWith("context 'tls13', peer 127.0.0.1:" + port + ": ");
    }

    @Test
    void openToServerThatDoesNotAnswerIsConditionAtTheConnectTimeout() throws Exception {
        try (FullBacklog full = FullBacklog.open("127.0.0.1")) {
            SocketStreamException condition = application
                    .get(Contexts.class)
                    .connector(Protocol.TLS13)
                    .open("127.0.0.1", full.port(), Discovered.class, Initarg.connectTimeout(Duration.ofMillis(200)))
                    .findCondition()
                    .orElseThrow();
            assertThat(condition.kind()).isEqualTo(Kind.CONNECT_TIMEOUT);
            assertThat(condition)
                    .hasMessageStartingWith(
                            "context 'tls13', peer 127.0.0.1:" + full.port() + ": not connected within PT0.2S. ");
            assertThat(Lifecycle.STREAMS_CONSTRUCTED).hasValue(0);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = PeerBehaviour.class,
            names = {"SENDS_GARBAGE", "CLOSES_AT_ONCE", "SILENT"})
    void openToServerThatIsNoneIsConditionAndEndsTheConnection(PeerBehaviour server) throws Exception {
        try (Server listening = new Server(server)) {
            assertThat(listening.open(Protocol.TLS13).findCondition()).isPresent();
            listening.assertEnded();
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void openMeddledWithEndsTheConnectionAndWhatWasMade(Misbehaviour meddling) throws Exception {
        Misbehaviour.interceptor = meddling;
        try (Server listening = new Server(PeerBehaviour.SILENT)) {
            try {
                listening.open(Protocol.PLAIN);
            } catch (IllegalStateException e) {
                assertThat(e).hasMessageMatching("before|after|an interceptor or decorator of open returned null.*");
            }
            Lifecycle.assertBalanced();
            if (Lifecycle.STREAMS_CONSTRUCTED.get() > 0) {
                listening.assertEnded();
            }
        } finally {
            Misbehaviour.interceptor = Misbehaviour.NONE;
        }
    }

    @Test
    void openOfStreamWhoseConstructorThrowsEndsTheConnection() throws Exception {
        IllegalStateException boom = new IllegalStateException("boom");
        Fault.planned = new Fault(Fault.Step.CONSTRUCTOR, boom);
        try (Server listening = new Server(PeerBehaviour.SILENT)) {
            listening.open(Protocol.PLAIN);
            throw new AssertionError("nothing was thrown");
        } catch (IllegalStateException e) {
            assertThat(e).isSameAs(boom);
        } finally {
            Fault.planned = null;
        }
        Lifecycle.assertBalanced();
    }

    /** Accepts one connection, and records its end. */
    private final class Server implements AutoCloseable {
        private final ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        private final CompletableFuture<Void> ended;

        Server(PeerBehaviour side) throws IOException {
            ended = CompletableFuture.supplyAsync(this::accept, PeerBehaviour.THREADS)
                    .thenCompose(socket -> side.start(socket, Protocol.TLS13));
        }

        private Socket accept() {
            try {
                return listener.accept();
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }

        io.sluice.stream.StreamResult<Discovered> open(Protocol way) throws SocketStreamException {
            Initarg[] initargs =
                    way.isTls() ? new Initarg[] {Initarg.handshakeTimeout(Duration.ofMillis(300))} : new Initarg[0];
            return application
                    .get(Contexts.class)
                    .connector(way)
                    .open("127.0.0.1", listener.getLocalPort(), Discovered.class, initargs);
        }

        void assertEnded() throws Exception {
            ended.get(5, TimeUnit.SECONDS);
        }

        @Override
        public void close() throws IOException {
            listener.close();
        }
    }
}
